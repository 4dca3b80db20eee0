# ruff: noqa: E501  as the programs write it
"""HTML as programs put it on the clipboard, and what an article keeps of it."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=VI style='tab-interval:.5in'><!--StartFragment-->
<h1>Người Việt Nam ưu tiên dùng hàng Việt Nam<o:p></o:p></h1>
<p class=MsoNormal style='text-align:justify'><span lang=VI style='font-size:14.0pt'>Căn cứ <a
href="https://chinhphu.vn/van-ban?so=03&amp;nam=2021"><span style='color:blue'>Chỉ thị số
03-CT/TW</span></a>, <b>phường</b> vận động:<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Xem nhãn trước khi mua;<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:1.0in;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>tên cơ sở;<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Hỏi nguồn gốc.<o:p></o:p></p>
<h2>Việc làm ngay<o:p></o:p></h2>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>Họp chi bộ.<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span><![endif]>Phát tờ rơi.<o:p></o:p></p>
<!--EndFragment--></body></html>"""
WORD_KEPT = """<h2>Người Việt Nam ưu tiên dùng hàng Việt Nam</h2>
<p>Căn cứ <a href="https://chinhphu.vn/van-ban?so=03&amp;nam=2021">Chỉ thị số 03-CT/TW</a>, <strong>phường</strong> vận động:</p>
<ul><li>Xem nhãn trước khi mua;<ul><li>tên cơ sở;</li></ul></li><li>Hỏi nguồn gốc.</li></ul>
<h3>Việc làm ngay</h3>
<ol><li>Họp chi bộ.</li><li>Phát tờ rơi.</li></ol>"""

WRITER = """<meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<style type="text/css">p { line-height: 115% }</style>
<h2 class="western">Lợi ích</h2>
<ol><li><p align="justify">Giữ việc làm</p></li><li><p><b>Giá hợp lý</b></p>
<ul><li><p>ít trung gian</p></li></ul></li></ol>
<p><font color="#000080"><u><a href="http://hangviet.vn/">hangviet.vn</a></u></font></p>"""
WRITER_KEPT = """<h2>Lợi ích</h2>
<ol><li>Giữ việc làm</li><li><strong>Giá hợp lý</strong><ul><li>ít trung gian</li></ul></li></ol>
<p><a href="http://hangviet.vn/">hangviet.vn</a></p>"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h3 dir="ltr">
<span style="font-size:13pt">Mẹo</span></h3><p dir="ltr"><span style="font-weight:700">Tem</span>
<span style="font-style:italic">thật</span></p><ul><li dir="ltr"><p><span>mã vạch 893</span></p></li></ul></b>"""
GOOGLE_KEPT = """<h3>Mẹo</h3>
<p><strong>Tem</strong> <em>thật</em></p>
<ul><li>mã vạch 893</li></ul>"""

DOCUMENTS = {
    "Word": (WORD, WORD_KEPT),
    "LibreOffice": (WRITER, WRITER_KEPT),
    "Google Docs": (GOOGLE, GOOGLE_KEPT),
}
