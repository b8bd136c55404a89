using System.Collections.Frozen;

namespace MultiMail.Mail;

/// <summary>What mail programs of several languages write above the message that somebody answers or passes on.</summary>
internal static class QuoteWords
{
    /// <summary>How "On … wrote:" begins.</summary>
    public static readonly string[] Leaders =
        ["On ", "Am ", "Le ", "El ", "Il ", "Op ", "Em ", "Den ", "Dne ", "Dnia ", "W dniu ", "Na ", "Pe ", "På ", "Dana ", "Στις ", "Vào ", "Il giorno ", "在 ", "于 ", "於 "];

    /// <summary>Its verb, a word of its own.</summary>
    public static readonly string[] Wrote =
        [
            "wrote", "writes", "schrieb", "schreibt", "a écrit", "escribió", "escribio", "ha scritto", "scrive", "schreef", "escreveu", "skrev", "napsal", "napsala",
            "napisał", "napisała", "napisao", "napisala", "napísal", "napísala", "написал", "написала", "пишет", "написав", "написала", "пише", "kirjoitti", "ezt írta",
            "írta", "yazdı", "a scris", "kirjutas", "έγραψε", "đã viết", "写道", "寫道", "のメール", "님이 작성", "כתב",
        ];

    /// <summary>Between dashes, above what follows as it was received.</summary>
    public static readonly FrozenSet<string> Original = Words(
        "original message", "original-nachricht", "originalnachricht", "ursprüngliche nachricht", "urspruengliche nachricht", "original appointment",
        "message d'origine", "message original", "mensaje original", "mensagem original", "messaggio originale", "oorspronkelijk bericht",
        "originalmeddelande", "ursprungligt meddelande", "oprindelig meddelelse", "original meddelelse", "opprinnelig melding", "alkuperäinen viesti",
        "oryginalna wiadomość", "wiadomość oryginalna", "původní zpráva", "původní e-mail", "pôvodná správa", "исходное сообщение", "eredeti üzenet",
        "orijinal mesaj", "özgün ileti", "mesaj original", "izvorna poruka", "originalna poruka", "原始邮件", "原始郵件", "元のメッセージ", "원본 메시지", "reply message");

    /// <summary>The same above what is passed on: that is the message, not a quotation.</summary>
    public static readonly string[] Forwarded =
        [
            "forwarded message", "forwarded email", "forwarded by", "weitergeleitete nachricht", "weitergeleiteten nachricht", "message transféré", "message réexpédié", "mensaje reenviado",
            "mensagem encaminhada", "mensagem reencaminhada", "messaggio inoltrato", "messaggio inoltrato", "doorgestuurd bericht", "vidarebefordrat meddelande", "vidarebefordrat brev",
            "videresendt melding", "videresendt meddelelse", "videresendt besked", "välitetty viesti", "edelleenlähetetty viesti", "przekazana wiadomość", "wiadomość przekazana",
            "přeposlaná zpráva", "preposlaná správa", "preposlanej správy", "пересылаемое сообщение", "переадресованное сообщение", "пересланное сообщение", "továbbított üzenet",
            "iletilen ileti", "yönlendirilmiş ileti", "proslijeđena poruka", "proslijeđenu poruku", "mesaj redirecționat", "転送メッセージ", "转发邮件", "轉寄的郵件", "전달된 메시지",
        ];

    /// <summary>Prefixes of a subject that say the same.</summary>
    public static readonly FrozenSet<string> ForwardPrefixes = Words("fw", "fwd", "wg", "tr", "rv", "enc", "doorst", "vb", "vs", "vl", "pd", "i", "ilt", "továbbítás", "转发", "轉寄");

    public static readonly FrozenSet<string> From = Words(
        "from", "von", "de", "da", "van", "från", "fra", "od", "от", "від", "lähettäjä", "kimden", "feladó", "šalje", "saatja", "expéditeur", "remitente", "mittente", "afzender", "nadawca", "avsändare", "odesílatel", "odosielateľ", "gönderen", "από", "发件人", "寄件者", "差出人", "보낸 사람");

    public static readonly FrozenSet<string> Date = Words(
        "sent", "date", "gesendet", "datum", "envoyé", "enviado", "enviado el", "enviada em", "enviado em", "fecha", "inviato", "data", "verzonden", "skickat", "sendt", "dato", "wysłano", "odesláno", "отправлено", "дата", "надіслано",
        "päivämäärä", "lähetetty", "tarih", "gönderilme tarihi", "gönderildi", "elküldve", "dátum", "dátum:", "odoslané", "poslano", "kuupäev", "ημερομηνία", "发送时间", "日期", "送信日時", "日時", "보낸 날짜");

    public static readonly FrozenSet<string> To = Words(
        "to", "an", "à", "a", "para", "aan", "till", "til", "do", "komu", "кому", "vastaanottaja", "kime", "címzett", "pre", "za", "prima", "destinataire", "destinatario", "destinatari", "cel", "καὶ προς", "προς", "收件人", "宛先", "받는 사람");

    public static readonly FrozenSet<string> Subject = Words(
        "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "ämne", "emne", "temat", "předmět", "predmet", "тема", "aihe", "konu", "tárgy", "teema", "subiect", "θέμα", "主题", "主旨", "件名", "제목");

    private static FrozenSet<string> Words(params string[] words) => FrozenSet.ToFrozenSet(words, StringComparer.OrdinalIgnoreCase);
}
