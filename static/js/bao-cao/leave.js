// Signing out takes everything off this phone: it may be lent or passed on.
import { unsent } from "./drafts.js";
import { sync } from "./send.js";
import { clear } from "./store.js";

const QUESTION =
  "Trên máy này còn phần chưa gửi về phường. Đăng xuất thì phần đó bị xóa khỏi máy. Đồng chí vẫn đăng xuất?";

export async function leave(form) {
  if (await unsent()) await sync();
  if ((await unsent()) && !confirm(QUESTION)) return;
  await clear();
  await globalThis.caches?.delete("bao-cao-pages");
  form.submit();
}
