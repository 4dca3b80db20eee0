// Brings to the ward what waits on this phone: first the drafts, then the hand-in. The page and the worker
// (Background Sync, with no page open) run the same lines; the ward's answer to a repeated key is the same receipt.
import { canon, confirmed, draftOf, forget, isDirty, mark, sending, whole } from "./drafts.js";
import { all, change, get, person, put, remove } from "./store.js";

const boxes = globalThis.document?.getElementsByName("csrfmiddlewaretoken") || [];
let token = boxes[0]?.value;

// status 0: no connection; 401: the session ended (a redirect to the sign-in counts too).
async function once(url, { body, keepalive, wait = 20000 }) {
  const stop = new AbortController();
  // A background fetch of a closing page must not be cut by its own timer.
  const timer = keepalive || setTimeout(() => stop.abort(), wait);
  // The ward takes nothing for anybody but the person who wrote it.
  const headers = { Accept: "application/json", "X-Requested-With": "fetch", "X-Person": person() };
  if (body) headers["X-CSRFToken"] = token;
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(url, {
      method: body ? "POST" : "GET",
      body,
      headers,
      keepalive,
      redirect: "manual",
      cache: "no-store",
      signal: stop.signal,
    });
    const data = await answer.json().catch(() => ({}));
    const status = answer.type === "opaqueredirect" ? 401 : answer.status;
    // Signed out, or this phone was revoked: the kept pages go, what was typed stays.
    if (status === 401 && !data.is_other) await globalThis.caches?.delete("bao-cao-pages");
    // A gateway in front of a ward that is down is the same as no connection.
    return { status: status >= 502 ? 0 : status, data };
  } catch {
    return { status: 0, data: {} };
  } finally {
    clearTimeout(timer);
  }
}

export async function state(url) {
  const answer = await once(url, {});
  token = answer.data.csrf || token;
  // The page's own forms go with it, should one of them be sent without a script.
  for (const box of boxes) box.value = token;
  return answer;
}

/** POST, with a fresh token from `stateUrl` where there is none or it was rotated meanwhile. */
export async function post(url, stateUrl, options) {
  if (!token) {
    const fresh = await state(stateUrl);
    if (!token) return fresh;
  }
  let answer = await once(url, options);
  // Twice: the pages that the worker fetches meanwhile may each bring a token of their own.
  for (let tries = 0; tries < 2 && answer.status === 403 && answer.data.csrf; tries += 1) {
    const fresh = await state(stateUrl);
    if (fresh.status !== 200) return fresh;
    answer = await once(url, options);
  }
  return answer;
}

/** One sender among the tabs. Without the Locks API a second one may run: the ward's keys make that harmless. */
export const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

function fields(screen, { typed, base }) {
  const body = new URLSearchParams({ part: screen, seen_version: base });
  for (const [part, boxes] of Object.entries(typed))
    for (const [name, value] of Object.entries(boxes))
      for (const one of [value].flat()) body.append(`${part}-${name}`, one);
  return body;
}

/** Save what was typed on one screen. "saved", "invalid", "conflict", "refused", "offline" or "signed-out". */
export async function saveScreen(place, screen, urls, mine, keepalive = false) {
  const noted = sending(place, screen, canon(mine.typed));
  if (!keepalive) await noted;
  const { status, data } = await post(urls.save_url, urls.state_url, { body: fields(screen, mine), keepalive });
  if (status === 200) {
    await confirmed(place, screen, mine.typed, data);
    return data.valid ? "saved" : "invalid";
  }
  if (status === 409 && mine.sent.includes(canon(data.theirs))) {
    // "Their" text is mine: it arrived, its answer did not.
    await mark(place, screen, { base: data.draft_version, sent: [] });
    return saveScreen(place, screen, urls, { ...mine, base: data.draft_version, sent: [] });
  }
  if (status === 0 || status >= 500 || status === 429) return "offline";
  if (status === 401) return "signed-out";
  const told = data.sentence || "Phường không nhận phần này nữa. Đồng chí gọi văn phòng.";
  await mark(place, screen, { told, is_conflict: status === 409 });
  return status === 409 ? "conflict" : "refused";
}

async function savePlace(place) {
  const row = await draftOf(place);
  const told = { kind: "saved", invalid: [] };
  for (const [screen, mine] of Object.entries(row?.screens || {})) {
    const kind = await saveScreen(place, screen, row.server, mine);
    if (kind === "offline" || kind === "signed-out") return { kind };
    if (kind === "invalid") told.invalid.push(screen);
    else if (kind !== "saved") told.kind = kind;
  }
  return told;
}

async function handIn(entry) {
  const row = await draftOf(entry.id);
  const { told, url, id, urls, zero, ...body } = entry;
  // The newest version only where the ward holds exactly this text: another hand's words are not run over.
  if (row && canon(whole(row)) === canon(entry.content))
    Object.assign(body, { content: row.server.content, draft_version: row.server.draft_version });
  if (zero) delete body.content;
  const letter = zero ? new URLSearchParams({ ...zero, ...body }) : JSON.stringify(body);
  const { status, data } = await post(zero ? urls.zero_url : urls.send_url, urls.state_url, { body: letter });
  if (status === 200 && data.ok) {
    await remove("queue", id);
    await forget(id);
    for (const photo of await all("photos"))
      if (photo.place === id) await put("photos", photo.id, { ...photo, ready: true });
    return { kind: "sent", ...data };
  }
  if (status === 0 || status >= 500 || status === 429) return { kind: "offline" };
  if (status === 401) return { kind: "signed-out", ...data };
  const refusal = data.sentence || "Phường không nhận báo cáo này. Đồng chí gọi văn phòng.";
  // The unit of somebody else who used this phone: it waits until that person is back.
  if (status === 403 || status === 404) return { kind: "refused", sentence: refusal };
  // Kept, but not sent again by itself: somebody has to look at it.
  await change("queue", id, (old) => old && { ...old, told: refusal, url: data.url });
  return { kind: "refused", ...data, sentence: refusal };
}

/** Everything that waits; the outcome for `here`, the month on the screen: {kind, …}. */
export function sync(here) {
  return alone("bao-cao-gui", async () => {
    let outcome = { kind: "saved", invalid: [] };
    const queue = await all("queue");
    const places = new Set([...queue.map((one) => one.id), ...(await all("drafts")).filter(isDirty).map((one) => one.id)]);
    for (const place of places) {
      let told = await savePlace(place);
      const entry = await get("queue", place);
      if (entry && !entry.told && told.kind === "saved") told = await handIn(entry);
      if (place === here || !here) outcome = told;
      if (told.kind === "offline" || told.kind === "signed-out") return told;
    }
    return outcome;
  });
}
