// Photos follow the report, which stands without them: made small here, kept, sent one by one, each under its key.
import { draftOf } from "./drafts.js";
import { upload } from "./send.js";
import { all, kept, put, remove } from "./store.js";

const LONGEST = 1600; // pixels
const LIMIT = 500 * 1024; // bytes
const LARGEST = 15 * 1024 * 1024; // bytes of a file that this phone cannot read itself

const encode = (canvas, type, quality) => new Promise((done) => canvas.toBlob(done, type, quality));

/** A new picture of the same: upright, small, without place and time; null where the phone cannot read it. */
async function shrink(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!image) return null;
  const canvas = document.createElement("canvas");
  for (let side = LONGEST; side >= 400; side *= 0.75) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.82, 0.6]) {
      let blob = await encode(canvas, "image/webp", quality);
      if (blob?.type !== "image/webp") blob = await encode(canvas, "image/jpeg", quality);
      if (blob && blob.size <= LIMIT) return blob;
    }
  }
  return null;
}

export async function start(page, isHandedIn, uuid) {
  const box = document.querySelector("[data-photos]");
  const input = box.querySelector("input[type=file]");
  const line = Object.assign(document.createElement("p"), { className: "hint" });
  const list = document.createElement("ul");
  const mine = async () => (await all("photos")).filter((photo) => photo.place === page.place);
  let sent = 0;
  line.setAttribute("role", "status");
  input.after(line, list);
  box.hidden = false;
  for (const part of box.querySelectorAll("[type=submit]")) part.hidden = true;

  async function show() {
    const waiting = await mine();
    const total = sent + waiting.length;
    const word = isHandedIn ? "đã gửi" : "chờ gửi sau khi nộp";
    line.textContent = total ? `${isHandedIn ? `${sent}/${total}` : total} ảnh ${word}` : "";
    list.replaceChildren(
      ...waiting.map((photo) => {
        const row = document.createElement("li");
        const drop = Object.assign(document.createElement("button"), { type: "button", className: "link-button" });
        drop.textContent = "Bỏ ảnh này";
        drop.addEventListener("click", () => remove("photos", photo.id).then(show));
        row.append(`${photo.name}${photo.told ? `: ${photo.told}` : ""} `, drop);
        return row;
      }),
    );
  }

  async function send() {
    if (!isHandedIn) return show();
    const before = (await mine()).length;
    for (const photo of (await mine()).filter((one) => !one.told)) {
      const outcome = await upload(photo.id);
      if (outcome === "sent") sent += 1;
      await show();
      if (outcome === "offline" || outcome === "signed-out") break;
    }
    // The ward's own list of photos, once all are there.
    if (sent && sent === before) location.reload();
    return show();
  }

  async function add() {
    for (const file of [...input.files]) {
      line.textContent = "Đang thu nhỏ ảnh…";
      const small = await shrink(file);
      const id = uuid();
      const told = !small && file.size > LARGEST ? "ảnh quá lớn, đồng chí chọn ảnh khác" : "";
      await put("photos", id, { id, place: page.place, urls: page.urls, name: file.name, blob: small || file, told });
    }
    input.value = "";
    await send();
    if (!kept() && !isHandedIn) line.textContent = "Máy này không giữ được ảnh. Đồng chí gửi ảnh ở trang biên nhận.";
  }

  input.addEventListener("change", add);
  addEventListener("online", send);
  await send();
  return send;
}
