//! A second set of messages as in `unseen_senders.rs`, written after the failures of the first were corrected.

use super::{six, table};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn second_set() {
    table(
        &six(),
        &[
            (
                "[サンプル生命] お手続き用パスコード 615092／証券記号番号 31-220417",
                "code 615092 message",
            ),
            (
                "サンプル信用金庫 取引認証番号615092 振込額¥88,000 受取人ヤマダ タロウ 口座番号末尾3 9012",
                "code 615092 message",
            ),
            (
                "615092\nサンプルSNSのログインに使う番号です。他の人に知らせないでください。",
                "code 615092 message",
            ),
            (
                "サンプルゲームズ：機種変更用の引き継ぎ認証コード【615092】プレイヤーID 220417338",
                "code 615092 message",
            ),
            (
                "ご予約確認：11月22日(日) 18:30〜 2名様 予約番号 615092",
                "no-code",
            ),
            ("サンプル不動産 物件番号615092の内見は11/23です", "no-code"),
            ("請求金額 615,092円 お支払い期限 2026/12/10", "no-code"),
            (
                "本人確認コードは615092です（申込番号：A-220417）",
                "code 615092 message",
            ),
            (
                "重要：サンプルIDのパスワード再設定コード615092を、30分以内に入力してください。IPアドレス 203.0.113.9",
                "code 615092 message",
            ),
            (
                "音声通話でお伝えした番号は 6、1、5、0、9、2 です",
                "code 615092 message separators",
            ),
            ("宅配BOX 開錠番号 0615 / 配達番号 220417", "no-code"),
            (
                "【サンプル水道局】検針票のお客様番号 22-0417-3380 を登録しました。確認コード 615092",
                "code 615092 message",
            ),
            (
                "サンプル銀行アプリ\n暗証コード：６１５　０９２\n(10:30:15発行)",
                "code 615092 message full-width separators",
            ),
            (
                "あなたの 確認 コード は 615092 。 有効 期限 は 5 分",
                "code 615092 message",
            ),
            (
                "お届け先：大阪市北区1-22-4-617 追跡:220417338110",
                "no-code",
            ),
            (
                "サンプルカードより：お支払い承認コード 615092。ご利用先 EXAMPLE*SHOP 0120220417",
                "code 615092 message",
            ),
            (
                "Your Sample prescription #220417 is ready at 1200 Main St, 94110. Show PIN 615092 at pickup.",
                "code 615092 message",
            ),
            (
                "SampleTax 2026: Enter 615092 to continue your session 8842-2204-17.",
                "code 615092 message",
            ),
            (
                "[Sample] 615092 - your sign in code. Ignore if you didn't request it. Msg&data rates may apply. Help 80808",
                "code 615092 message",
            ),
            (
                "Sample University: Duo-style passcodes: 615092 220417 338110",
                "ambiguous",
            ),
            (
                "Hello, this is Sample Clinic. DOB 04/17/1985 verified. Your portal access code: 615092.",
                "code 615092 message",
            ),
            (
                "Flight SA 615 delayed to 09:22. Booking ref R615092.",
                "no-code",
            ),
            (
                "Sample Store: 20% off! Use coupon 220417 at checkout.",
                "no-code",
            ),
            (
                "Sample Wallet: withdraw 0.615092 BTC? Approve with 220417.",
                "code 220417 message",
            ),
            (
                "A sign-in attempt requires further verification. Verification code: 615092. Device: Linux x86_64 build 220417.",
                "code 615092 message",
            ),
            (
                "From +15550132817: 615092 is your Sample code",
                "code 615092 message",
            ),
            // no word names it as something else: a lone number is taken
            (
                "Sample Energy: meter reading 220417 received. Thank you.",
                "no-code", // inside a sentence, and nothing calls it a code
            ),
            (
                "Sample Bank alert: 615092 (code). Amount: NGN250000.00. Acct: ****2204. Time 22-Nov-2026 10:30",
                "code 615092 message",
            ),
            ("Your SampleRide PIN is 2204. Plate 615092.", "no-code"),
            (
                "We've received your request (ticket 220417). To confirm it's you, reply with the code 615092.",
                "code 615092 message",
            ),
            (
                "Sample: code 615092 for payment of 220417 KES to Paybill 338110",
                "code 615092 message",
            ),
            (
                "615-092 is your Sample verification code",
                "code 615092 message separators",
            ),
            (
                "Don't tell ANYONE this code. Sample: 615092",
                "code 615092 message",
            ),
            ("SMP*615092*Your security code", "code 615092 message"),
            (
                "【示例社区】6位验证码：615092。楼栋3单元220417",
                "code 615092 message",
            ),
            (
                "【示例证券】您的交易账号220417338正在重置密码，验证码615092，有效期60秒。",
                "code 615092 message",
            ),
            ("【示例商城】您有一张220417积分券", "no-code"),
            (
                "【示例政務】驗證碼615092(申請編號112-220417)，有效時間至10:45",
                "code 615092 message",
            ),
            (
                "[예시페이] 결제인증 615092 입력 (금액 220,417원)",
                "code 615092 message",
            ),
            (
                "[예시택배] 송장번호 220417338110 배송예정 14-16시",
                "no-code",
            ),
            (
                "Beispiel AG: Dein Login-Code lautet 615 092. Rechnung 220417 ist fällig am 01.12.2026.",
                "code 615092 message separators",
            ),
            (
                "Freigabecode 615092 für Lastschrift 220,41 EUR, Mandat 338110",
                "code 615092 message",
            ),
            (
                "Votre colis 220417338 est arrivé. Code de retrait : 615092 (Relais 33811)",
                "code 615092 message",
            ),
            (
                "Exemple Banque : achat de 220,41 EUR chez MARCHAND le 22/11 à 10h30. Code à usage unique 615092",
                "code 615092 message",
            ),
            (
                "Tu clave dinámica es 615092. Cta. *2204. Si no fuiste tú llama al 900 220 417",
                "code 615092 message",
            ),
            (
                "Exemplo: 615092 e o codigo para entrar. NIF 220417338",
                "code 615092 message",
            ),
            (
                "Esempio Poste: codice OTP 615092 per operazione n. 220417 del 22/11/2026",
                "code 615092 message",
            ),
            (
                "Voorbeeldbank: bevestigingscode 615092, bedrag 2.204,17, tegenrekening NL91 ABNA 0417 1643 00",
                "code 615092 message",
            ),
            (
                "Esimerkki: Tunnistuskoodi 615092, asiakasnumero 220417",
                "code 615092 message",
            ),
            (
                "Пример: 615092 — код для входа. Номер заявки 220417",
                "code 615092 message",
            ),
            ("Пример: списание 615092.00 RUB 22.11.26 10:30", "no-code"),
            (
                "Örnek Bankası: 220417 nolu işleminiz için SMS şifreniz: 615092",
                "code 615092 message",
            ),
            (
                "مثال: 615092 رمز الدخول لمرة واحدة، رقم العميل 220417",
                "code 615092 message",
            ),
            (
                "OTP 615092 ใช้ยืนยันตัวตน หมายเลขคำขอ 220417 ภายใน 22/11/69 10:35 น.",
                "code 615092 message",
            ),
            (
                "Mã xác minh: 615092. Mã khách hàng 220417",
                "code 615092 message",
            ),
            (
                "Contoh: 615092 kode masuk Anda. No. pelanggan 220417",
                "code 615092 message",
            ),
        ],
    );
}
