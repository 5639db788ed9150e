//! Messages written after the reader was finished, modelled on services that it was not developed with: banks, carriers,
//! telecoms, offices, shops, clinics, schools. Each has one code and other numbers, or no code.

use super::{six, table};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn first_set() {
    table(
        &six(),
        &[
            // Japan: banks and cards
            (
                "【みらい銀行】お振込の受付（受付No.20261122-0457）確認番号は 730518 です。お振込先口座 普通 4458120",
                "code 730518 message",
            ),
            (
                "みらいカード本人認証サービス 加盟店:サンプルストア 金額:¥128,000 パスワード:730518 ※ご本人以外に伝えないで下さい",
                "code 730518 message",
            ),
            (
                "SMS認証番号 730518\n支店番号 104 口座番号 2201938 からの 350000円 のお振込を確認してください",
                "code 730518 message",
            ),
            (
                "サンプル証券です。出金先登録のためのワンタイムキーは【730518】です。部店 312 口座 887604",
                "code 730518 message",
            ),
            ("残高照会 2026年11月22日現在 450210円", "no-code"),
            (
                "カード利用のお知らせ 11/22 19:04 サンプル商店 158000円 承認番号 730518",
                "no-code",
            ),
            // Japan: carriers, shops, telecoms
            (
                "ご不在のため持ち帰りました。お問い合わせ送り状番号 4401-2837-1156 再配達 0570-200-000",
                "no-code",
            ),
            (
                "宅配ロッカー3番 暗証番号 730518 保管期限11/25 18:00",
                "code 730518 message",
            ),
            (
                "サンプルモバイル: お手続きの認証番号は730518。受付時間9:00〜20:00 局番なし157または0120-800-000",
                "code 730518 message",
            ),
            ("MNP予約番号 7305184466 有効期限 2026/12/07", "no-code"),
            (
                "サンプルアプリの確認コードは「73 05 18」です。このメッセージへの返信はできません（送信専用 0032069000）",
                "code 730518 message separators",
            ),
            ("ポイント 730518pt を獲得しました", "no-code"),
            (
                "招待コード SMP4471 をお持ちの方は、ログイン時に730518を入力",
                "code 730518 message",
            ),
            ("チケット引換番号：730518 座席：2F 12列 34番", "no-code"),
            // Japan: offices, schools, clinics
            (
                "サンプル市電子申請 手続番号 R8-004512 の本人確認コードは 730518（30分以内に入力）",
                "code 730518 message",
            ),
            ("診察券番号 730518 様 11/24 9:15 のご予約です", "no-code"),
            (
                "学籍番号 262114 さん：ポータルの二段階認証コード 730518",
                "code 730518 message",
            ),
            (
                "マイナポータル風サンプル 〒100-8926 確認番号：７３０５１８ 有効期間 2026.11.22 10:30〜10:45",
                "code 730518 message full-width",
            ),
            (
                "【訂正】先ほどの番号ではなく、認証コードは730518となります",
                "code 730518 message",
            ),
            (
                "お客様の確認コード:730518(有効期限: 2026-11-22T10:45:00+09:00)",
                "code 730518 message",
            ),
            (
                "［サンプルペイ］送金コード730518。送金額￥30,000 取引ID：PX20261122103044",
                "code 730518 message",
            ),
            (
                "認証キー 730518 ／ 会社コード 104482 ／ 社員番号 002931",
                "code 730518 message",
            ),
            // English: banks, cards, brokers
            (
                "Sample Bank: 730518 is your passcode to approve GBP 4,200.00 to SMITH J, sort code 20-44-19, acct 40218837. Never share it.",
                "code 730518 message",
            ),
            (
                "SAMPLEBK: Txn of Rs 118000 on A/c XX3391 initiated. OTP is 730518. Not you? SMS BLOCK 3391 to 567676",
                "code 730518 message",
            ),
            (
                "Dear Customer, 730518 is the SECRET OTP for NetBanking login at 22-11-26 10:30:44. -Sample Bank",
                "code 730518 message",
            ),
            (
                "Sample Brokerage: Trade confirm no. 558210 filled. No action needed.",
                "no-code",
            ),
            ("Available balance: USD 730518.22 as of 11/22", "no-code"),
            (
                "Your Sample Card statement (acct ending 00731) is ready. Min due $58.00 by 12/15/2026",
                "no-code",
            ),
            // English: carriers, telecoms, travel, government
            (
                "Sample Mobile: 730518. Use this within 15 mins to port number 07700 900461. PAC: SMP 448120.",
                "code 730518 message",
            ),
            (
                "Hi! To collect parcel SX771204930GB at Locker 14, 8 Sample Rd SW1A 1AA, your pickup PIN is 730 518",
                "code 730518 message separators",
            ),
            (
                "Sample Air: booking QX7L2P, flight SA 204 on 22NOV 0930. Check-in code 730518",
                "code 730518 message",
            ),
            (
                "GOV.SAMPLE: 730518 is your security code. The code expires in 15 minutes.",
                "code 730518 message",
            ),
            (
                "Tax Office: your return for 2025-26 (UTR 1234567890) was received. Submission ref 730518.",
                "no-code",
            ),
            (
                "Your appointment is at 10:30 on 22/11/2026, room 730518B",
                "no-code",
            ),
            (
                "Case #448120 updated. Sign-in code: 730518 (valid 5 min, IP 203.0.113.44)",
                "code 730518 message",
            ),
            (
                "We noticed a new login from 198.51.100.7 (Chrome 128.0.6613). If this was you, type 730518.",
                "code 730518 message",
            ),
            (
                "[SampleChat] 730518 ist dein Code. Install: https://dl.example/a?id=448120",
                "code 730518 message",
            ),
            (
                "Two-step verification\nCode\n730 518\nRequested\n22 Nov 2026, 10:30\nDevice ID\n448120",
                "code 730518 message separators",
            ),
            (
                "Thanks for order 448120!\nTo track it log in with 730518.",
                "code 730518 message",
            ),
            (
                "sample pay: never tell anyone your code, 730518, even if they know your customer no 448120",
                "code 730518 message",
            ),
            // Chinese, Korean
            (
                "【示例快递】您的包裹已到，请凭取件码730518至3号柜领取，单号SF448120113355",
                "code 730518 message",
            ),
            (
                "【示例出行】730518（登录验证码，5分钟有效）。如有疑问请拨打95017",
                "code 730518 message",
            ),
            (
                "【示例银行】您于11月22日10:30申请修改预留手机，短信验证码：730518，序号44。",
                "code 730518 message",
            ),
            ("【示例】您的余额为730518元", "no-code"),
            (
                "【範例電信】您的OTP密碼:730518,門號0912345678申辦,限10分鐘",
                "code 730518 message",
            ),
            (
                "[예시카드] 승인 158,000원 일시불 11/22 19:04 승인번호 730518",
                "no-code",
            ),
            (
                "[예시] 본인인증번호 730518 (3분 이내 입력) 접수번호 448120",
                "code 730518 message",
            ),
            // Europe
            (
                "Beispielbank: TAN 730518 für Überweisung 2.400,00 EUR an IBAN ...4471, Vorgang 448120",
                "code 730518 message",
            ),
            (
                "Ihr Paket 00340434161094 kommt heute. Abholcode: 730518, Filiale 448",
                "code 730518 message",
            ),
            (
                "Exemple Assurances : contrat 448120, code de connexion 730 518 valable 15 min. Conseiller : 09 69 39 00 00",
                "code 730518 message separators",
            ),
            ("La tua prenotazione 448120 è confermata", "no-code"),
            (
                "Banco Ejemplo: Firma la transferencia de 1.200,00 EUR a ES91 2100 0418 4502 0005 1332 con la clave 730518",
                "code 730518 message",
            ),
            (
                "Exemplo: o PIN para levantar a encomenda 448120 é 730518",
                "code 730518 message",
            ),
            (
                "Przykład: Twoja paczka 448120 czeka. Kod odbioru 730518, paczkomat WAW12A",
                "code 730518 message",
            ),
            (
                "Пример Банк: код 730518 для перевода 45000 руб на карту *4471. Баланс 120345.67",
                "code 730518 message",
            ),
            (
                "Örnek Kargo: 448120 takip no'lu gönderiniz için teslimat kodu 730518",
                "code 730518 message",
            ),
            // Arabic, Hindi, Thai, Vietnamese, Indonesian
            (
                "بنك المثال: رمز التحقق 730518 لعملية شراء بمبلغ 4500.00 ريال من البطاقة *4471",
                "code 730518 message",
            ),
            (
                "उदाहरण बैंक: आपका OTP 730518 है, राशि रु 448120",
                "code 730518 message",
            ),
            (
                "ธนาคารตัวอย่าง รหัสอ้างอิง 448120 รหัส OTP 730518 โอน 25,000.00 บ.",
                "code 730518 message",
            ),
            (
                "Ngân hàng Ví Dụ: Mã OTP 730518 cho GD chuyển 4.481.200 VND tới TK 0011004471203",
                "code 730518 message",
            ),
            (
                "Bank Contoh: JANGAN BERIKAN kode 730518 ke siapapun. Trx Rp448120 no ref 55810244",
                "code 730518 message",
            ),
        ],
    );
}
