// A key of its own for each hand-in and photo; old browsers and plain http have no crypto.randomUUID.
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((one, at) =>
    (at === 6 ? (one & 15) | 64 : at === 8 ? (one & 63) | 128 : one).toString(16).padStart(2, "0"),
  );
  return [4, 6, 8, 10].reduceRight((text, at) => `${text.slice(0, at * 2)}-${text.slice(at * 2)}`, hex.join(""));
}
