import todoita

reading = todoita.read_code("2026/11/22 10:30 認証番号：４８２９１３")
assert (reading.kind, reading.digits) == ("code", "482913")
assert reading.fixes == ["message", "full-width"]

backup = todoita.read_code("k7q2 m9xp 4trw", backup_format="xxxx-xxxx-xxxx")
assert (backup.kind, backup.digits) == ("backup", "k7q2-m9xp-4trw")

if not (nothing := todoita.read_code("482913 484555", digits=6)):
    assert (nothing.kind, nothing.problem) == (None, "ambiguous")

phone = todoita.read_phone("０９０ー１２３４ー５６７８")
assert (phone.e164, phone.sms) == ("+819012345678", True)
