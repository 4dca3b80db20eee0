// Photos to the ward, one request each, after the report; the page and the worker run the same lines.
import { alone, post } from "./send.js";
import { all, change, get, remove } from "./store.js";

/** Sent again under its key it is the same photo. "sent", "gone", "offline", "signed-out" or "refused". */
async function upload(id) {
  const photo = await get("photos", id);
  // Another tab was quicker.
  if (!photo || photo.told) return "gone";
  const body = new FormData();
  // The ward compares the name's ending with what is in the file.
  const ending = { "image/webp": ".webp", "image/jpeg": ".jpg" }[photo.blob.type];
  body.append("photo", photo.blob, ending ? photo.name.replace(/(\.[^.]*)?$/, ending) : photo.name);
  body.append("key", id);
  const { status, data } = await post(photo.url, photo.state_url, { body, wait: 120000 });
  if (status === 200) {
    await remove("photos", id);
    return "sent";
  }
  if (status === 0 || status >= 500 || status === 429) return "offline";
  if (status === 401) return "signed-out";
  if (status === 404) return "refused"; // of somebody else who used this phone, and waits for that person
  await change("photos", id, (old) => old && { ...old, told: data.sentence || "phường không nhận ảnh này" });
  return "refused";
}

/** All photos of reports that were handed in; `each(outcome)` after every one. */
export async function sendPhotos(each = () => {}) {
  for (const { id } of (await all("photos")).filter((photo) => photo.ready && !photo.told)) {
    const outcome = await alone("bao-cao-anh", () => upload(id));
    await each(outcome);
    if (outcome === "offline" || outcome === "signed-out") return outcome;
  }
  return "sent";
}
