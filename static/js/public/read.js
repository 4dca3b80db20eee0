// Reads a page out with the phone's own Vietnamese voice; without such a voice there is no button.
const button = document.querySelector("[data-read]");
const speech = window.speechSynthesis;
let asked = 0; // which press the voice speaks for; an older one's end says nothing

const voice = () => speech.getVoices().find((one) => /^vi\b/i.test(one.lang.replace("_", "-")));
const say = (isReading) => (button.textContent = isReading ? "Dừng đọc" : "Đọc to");

function offer() {
  button.hidden = !voice();
}

function read() {
  const now = ++asked;
  speech.cancel();
  if (button.textContent === "Dừng đọc") return say(false);
  // A part at a time: long texts are cut off by some voices.
  const parts = [...document.querySelectorAll(button.dataset.read)].map((one) => one.innerText.trim()).filter(Boolean);
  parts.forEach((text, place) => {
    const part = new SpeechSynthesisUtterance(text);
    part.voice = voice();
    part.lang = "vi-VN";
    part.rate = 0.9;
    if (place === parts.length - 1) part.onend = () => now === asked && say(false);
    speech.speak(part);
  });
  say(true);
}

if (button && speech) {
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", read);
  addEventListener("pagehide", () => speech.cancel());
}
