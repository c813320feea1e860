"""Makes lenders.xls beside it, with xlwt 1.3: invented lenders, one over two merged lines, one hidden, one sheet hidden."""

import pathlib

import xlwt

TITLES = ["证件类型", "证件号码", "姓名", "手机号", "充值金额", "提现金额", "待收本金", "类别"]

book = xlwt.Workbook()
sheet = book.add_sheet("出借人")
rounded = xlwt.easyxf(num_format_str="#,##0")
for column, title in enumerate(TITLES):
    sheet.write(0, column, title)


def amounts(row, outstanding, style):
    for column, value in ((4, 1), (5, 0), (7, 0)):
        sheet.write(row, column, value)
    sheet.write(row, 6, outstanding, style)


for column, value in enumerate(["居民身份证", "440524188001010014", "李雷", "138****0000"]):
    sheet.write_merge(1, 2, column, column, value)
amounts(1, 12345.67, rounded)
amounts(2, 0.01, rounded)
for column, value in enumerate(["护照", "E12345678", "韩梅梅", "13900139000"]):
    sheet.write(3, column, value)
amounts(3, 2.02, xlwt.Style.default_style)
sheet.row(3).hidden = True
for column, value in enumerate(["护照", "E12345679", "赵", "13900139001"]):
    sheet.write(4, column, value)
amounts(4, 3.03, xlwt.Style.default_style)
sheet.col(3).hidden = True

draft = book.add_sheet("草稿")
draft.write(0, 0, "x")
draft.visibility = 1

book.save(str(pathlib.Path(__file__).with_name("lenders.xls")))
