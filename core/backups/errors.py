class BackupRefusedError(Exception):
    """What cannot be backed up or restored; the text is one Vietnamese sentence for the operator."""


DAMAGED = "Bản sao lưu này bị hỏng hoặc bị cắt, không phục hồi được gì từ nó: hãy dùng bản khác."
WRONG_KEY = "Khóa sao lưu (BACKUP_KEY) không mở được bản này: hãy dùng khóa của ngày lập bản."
NEWER = (
    "Bản sao lưu này do bản mới hơn của cổng lập ra: hãy nâng cấp cổng rồi phục hồi, "
    "chưa có gì bị thay đổi."
)
NO_KEY = (
    "Chưa có khóa sao lưu: chạy manage.py backup --new-key, ghi khóa vào BACKUP_KEY "
    "và cất thêm một bản in ở nơi khác."
)
