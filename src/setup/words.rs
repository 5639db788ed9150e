//! The key of every sentence of the set-up elements; the sentences are in `www/words/*.setup.json`.

use crate::word_list::word_enum;

word_enum! {
    /// The key of a sentence. Each is documented by its sentence in `www/words/`.
    pub enum Word as KEYS {
        // The three steps, each with its heading: an app,
        StepApp = "step-app", AppHave = "app-have", AppNone = "app-none", AppList = "app-list",
        // bringing the key over,
        StepKey = "step-key", KeyOpen = "key-open", KeyOpenNote = "key-open-note", KeyOther = "key-other",
        KeyScan = "key-scan", QrAlt = "qr-alt", KeyType = "key-type", KeyText = "key-text", KeyIssuer = "key-issuer",
        KeyAccount = "key-account", KeyKind = "key-kind", KeyKindTime = "key-kind-time",
        KeyKindCounter = "key-kind-counter", KeySecret = "key-secret", KeySame = "key-same",
        // and the first code.
        StepCode = "step-code", CodeHint = "code-hint", CodeTooFew = "code-too-few", CodeTooMany = "code-too-many",
        CodeNone = "code-none", CodeBackup = "code-backup", CodeMessage = "code-message", CodeWrong = "code-wrong",
        ClockSlow = "clock-slow", ClockFast = "clock-fast", ClockDiffers = "clock-differs", ClockHow = "clock-how",
        SendAnyway = "send-anyway",
        // Backup codes.
        BackupWhere = "backup-where", BackupCopy = "backup-copy", BackupDownload = "backup-download",
        BackupPrint = "backup-print", BackupKept = "backup-kept", BackupDownloaded = "backup-downloaded",
        FileTitle = "file-title", FileAccount = "file-account", FileDate = "file-date", FileOnce = "file-once",
        FileVoid = "file-void",
        // The number.
        NumberYours = "number-yours", NumberForeign = "number-foreign", NumberLandline = "number-landline",
        NumberVoip = "number-voip", NumberOther = "number-other", NumberShort = "number-short", NumberLong = "number-long",
        NumberNone = "number-none", NumberPrefix = "number-prefix",
        FixFullWidth = "fix-full-width", FixInvisible = "fix-invisible", FixSeparators = "fix-separators",
        FixCountryCode = "fix-country-code", FixPlus = "fix-plus", FixTrunkZero = "fix-trunk-zero",
        FixMissingZero = "fix-missing-zero",
        // For all.
        Copy = "copy", Copied = "copied", NotCopied = "not-copied", Support = "support",
    }
}
