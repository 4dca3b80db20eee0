// The editor's own words in Vietnamese; some it asks for by a function of this name, others it writes.
const WORDS = {
  Bullets: "Gạch đầu dòng",
  Cancel: "Thôi",
  "Decimal numbers": "Số thứ tự",
  "Edit Link": "Sửa liên kết",
  Insert: "Thêm",
  "List properties": "Kiểu danh sách",
  "List type": "Kiểu danh sách",
  "Lowercase Roman numerals": "Số La Mã thường",
  "Lowercase letters": "Chữ thường",
  Paragraph: "Đoạn văn",
  "Start at": "Bắt đầu từ",
  Title: "Tiêu đề",
  URL: "Địa chỉ",
  Update: "Xong",
  "Uppercase Roman numerals": "Số La Mã",
  "Uppercase letters": "Chữ hoa",
  blockquote: "Trích dẫn",
  bold: "Đậm",
  "insert link": "Thêm liên kết",
  italic: "Nghiêng",
  "ordered list": "Danh sách số",
  paragraph: "Đoạn văn",
  redo: "Làm lại",
  "remove link": "Bỏ liên kết",
  undo: "Hoàn tác",
  "unordered list": "Gạch đầu dòng",
};

// The page has a heading of its own, so the first one of the text is the editor's second.
export function said(words) {
  const level = /^heading (\d)$/i.exec(words)?.[1];
  return level ? `Đề mục ${level - 1}` : (WORDS[words] ?? words);
}

window.gettext = said;
