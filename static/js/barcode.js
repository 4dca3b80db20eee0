// Reads a bar code with the camera, on a tap and only where the browser can (BarcodeDetector).
// No picture leaves the phone: what is read is put into the box and looked up as if typed.
const button = document.querySelector("[data-barcode-scan]");
const view = document.querySelector("[data-barcode-view]");
const said = document.querySelector("[data-barcode-said]");
const form = document.querySelector("[data-barcode-form]");
const FORMATS = ["ean_13", "ean_8", "upc_a", "itf"];
const PAUSE = 250; // milliseconds between two looks

if ("BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) {
  button.hidden = false;
  button.addEventListener("click", () => (view.srcObject ? stop() : scan()));
  addEventListener("pagehide", stop);
}

async function scan() {
  said.textContent = "Đưa mã vạch vào giữa khung.";
  try {
    view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    said.textContent = "Máy chưa cho dùng máy ảnh. Bạn gõ dãy số dưới mã vạch vào ô trên.";
    return;
  }
  button.textContent = "Tắt máy ảnh";
  view.hidden = false;
  await view.play();
  look(new BarcodeDetector({ formats: FORMATS }));
}

async function look(detector) {
  if (!view.srcObject) return;
  const [found] = await detector.detect(view).catch(() => []);
  if (!found) {
    setTimeout(() => look(detector), PAUSE);
    return;
  }
  stop();
  form.elements.so.value = found.rawValue;
  form.requestSubmit();
}

function stop() {
  for (const track of view.srcObject?.getTracks() ?? []) track.stop();
  view.srcObject = null;
  view.hidden = true;
  button.textContent = "Quét bằng máy ảnh";
}
