// Photos follow the report, which stands without them: made small here, kept, sent one by one, each under its key.
import { all, kept, put, remove } from "./store.js";
import { make } from "./strip.js";
import { sendPhotos } from "./upload.js";
import { uuid } from "./uuid.js";

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

export async function start(page) {
  const box = document.querySelector("[data-photos]");
  const input = box.querySelector("[data-photo-input]");
  const status = box.querySelector("[data-photo-status]");
  const list = box.querySelector("[data-photo-list]");
  if (!input || box.dataset.photos) return;
  box.dataset.photos = "on";
  if (box.tagName === "DETAILS") box.open = true;
  // On the check page they wait; on the receipt they go at once.
  const isHandedIn = !document.querySelector("form[data-part=check]") && !location.pathname.endsWith("/kiem-tra/");
  const mine = async () => (await all("photos")).filter((photo) => photo.place === page.place);
  const own = make("ul", "photos__waiting");
  const known = new Set(); // all of this visit: what no longer waits was sent, by whichever tab
  list.after(own);
  box.querySelector("[data-photo-send]")?.remove();
  input.required = false;

  async function show() {
    const waiting = await mine();
    for (const { id } of waiting) known.add(id);
    const told = `${known.size - waiting.length}/${known.size} ảnh đã gửi`;
    const later = `${known.size} ảnh, gửi sau khi nộp báo cáo`;
    status.textContent = known.size ? (isHandedIn ? told : later) : "";
    own.replaceChildren(
      ...waiting.map((photo) => {
        const row = make("li", "", `${photo.name}${photo.told ? `: ${photo.told}` : ""} `);
        const drop = Object.assign(make("button", "link-button", "Bỏ ảnh này"), { type: "button" });
        drop.addEventListener("click", () => known.delete(photo.id) && remove("photos", photo.id).then(show));
        row.append(drop);
        return row;
      }),
    );
  }

  async function send() {
    await show();
    if (!isHandedIn) return;
    for (const photo of await mine()) if (!photo.ready) await put("photos", photo.id, { ...photo, ready: true });
    await sendPhotos(show);
    await show();
    // The ward's own list, once nothing waits.
    if (known.size && !(await mine()).length) location.reload();
  }

  async function add() {
    const room = Number(box.dataset.left) - (await mine()).length;
    const files = [...input.files];
    for (const file of files.slice(0, Math.max(0, room))) {
      status.textContent = "Đang thu nhỏ ảnh…";
      const small = await shrink(file);
      const id = uuid();
      const told = !small && file.size > LARGEST ? "ảnh quá lớn, đồng chí chọn ảnh khác" : "";
      const { state_url } = page.urls;
      await put("photos", id, { id, place: page.place, url: box.dataset.url, state_url, name: file.name, blob: small || file, told });
    }
    input.value = "";
    page.wake();
    await send();
    if (files.length > room) status.textContent += ` Báo cáo chỉ nhận thêm ${Math.max(0, room)} ảnh.`;
    if (!kept() && !isHandedIn) status.textContent = "Máy này không giữ được ảnh. Đồng chí gửi ảnh ở trang biên nhận.";
  }

  input.addEventListener("change", add);
  addEventListener("online", send);
  await (input.files.length ? add() : send());
}
