// Shows and hides what is typed in a password field. Without JavaScript the button stays hidden.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  if (!input) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? "Hiện mật khẩu" : "Ẩn mật khẩu";
    button.setAttribute("aria-pressed", String(!shown));
  });
}
