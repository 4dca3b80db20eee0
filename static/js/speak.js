// Reads the text aloud with the browser's own voice, named as what it is: a machine's.
const button = document.querySelector("[data-speak]");
const told = document.querySelector("[data-speak-told]");

function voice() {
  return speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith("vi"));
}

function stop() {
  speechSynthesis.cancel();
  button.textContent = "Nghe thử bằng giọng máy";
}

if (button && "speechSynthesis" in window) {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      stop();
      told.textContent = "";
      return;
    }
    const found = voice();
    if (!found) {
      told.textContent = "Trình duyệt này chưa có giọng đọc tiếng Việt.";
      return;
    }
    const words = new SpeechSynthesisUtterance(document.getElementById(button.dataset.speak).innerText);
    words.voice = found;
    words.lang = found.lang;
    words.onend = stop;
    speechSynthesis.speak(words);
    button.textContent = "Dừng đọc";
    told.textContent = `Giọng máy: ${found.name}`;
  });
}
