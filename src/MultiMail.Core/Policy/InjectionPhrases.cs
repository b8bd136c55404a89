namespace MultiMail.Core.Policy;

/// <summary>What is said to a program that reads mail and hardly ever to a person. Without accents, as folded words have none.</summary>
internal static class InjectionPhrases
{
    /// <summary>Our tools that act, as a mail would have to name them.</summary>
    private const string Tools =
        "send_email|reply_email|forward_email|save_draft|send_draft|decide_email|decide_request|cancel_message|create_mailbox|update_mailbox|request_mode_change|read_email|search_emails|check_inbox|get_thread|list_pending|tag_email";

    /// <summary>Each of them is enough.</summary>
    public static IReadOnlyList<string> Strong { get; } =
    [
        "ignore|ignoring|disregard|disregarding|forget|override|bypass|discard ~3 previous|prior|above|earlier|preceding|foregoing|existing|original|initial|former|your|all|system ~2 instruction|instructions|directive|directives|prompt|prompts|guideline|guidelines|programming|guardrails",
        "do not tell|inform|notify ~1 user|human|operator|reviewer",
        "do not mention|reveal|report ~4 to ~1 user|human|operator|reviewer",
        "dont|never tell|inform|notify ~1 user|human|operator|reviewer",
        "dont|never mention|reveal|report ~4 to ~1 user|human|operator|reviewer",
        "you are now ~3 ai|assistant|dan|unrestricted|jailbroken|llm|chatbot|gpt",
        "reveal|print|show|output|repeat|leak|send|tell|share|expose|disclose ~4 system|secret prompt|prompts",
        "if you are ~1 ai agent|assistant|model|system|language|bot|chatbot|reading|processing",
        "if you are ~1 llm|chatbot",
        "if youre ~1 ai|llm agent|assistant|model|bot",
        "attention ~1 ai|llm agent|agents|assistant|assistants|model|models",
        "instruction|instructions for|to ~1 ai|llm",
        $"call|use|invoke|run|execute|trigger|using|with ~4 {Tools}",
        "multimail untrusted",
        "ignoriere|ignorieren|vergiss|vergessen|missachte|missachten|verwirf|verwerfen ~3 vorherig*|bisherig*|vorig*|obig*|vorangegangen*|fruher*|alle|deine|ihre ~2 anweisung*|instruktion*|befehl*|vorgaben|prompt*",
        "du|sie bist|sind jetzt|nun|ab ~3 assistent|ki|bot|chatbot",
        "sag|sage|verrate|informiere dem|den|der ~1 benutzer|nutzer|anwender ~3 nicht|nichts",
        "ignore|ignorez|ignorer|oublie|oubliez|oublier ~3 instruction|instructions|consignes|directives|invites ~2 precedente*|anterieure*|initiales",
        "ne ~2 dis|dites|informe|informez|previens|prevenez|avertis|avertissez ~4 lutilisateur|utilisateur|lhumain",
        "tu|vous es|etes maintenant|desormais ~3 assistant|ia|bot",
        "ignora|ignore|ignorar|olvida|olvide|olvidar|omite ~3 instrucciones|indicaciones|ordenes|directrices ~3 anteriores|previas|precedentes",
        "ignora|ignore|olvida|olvide ~3 anteriores|previas instrucciones|indicaciones|ordenes",
        "no ~1 digas|avises|menciones ~5 usuario|usuaria",
        "ahora eres ~3 asistente|ia|bot",
    ];

    /// <summary>Two different ones are enough; where text is hidden, one.</summary>
    public static IReadOnlyList<string> Weak { get; } =
    [
        "system prompt|prompts",
        "systemprompt",
        "ignore|disregard|forget ~3 previous|prior|above|earlier|all ~2 context|rules|commands|policies|restrictions",
        "you are now|henceforth ~3 agent|admin|administrator|developer|bot",
        "reveal|print|output|repeat|leak your ~1 instructions|rules",
        "attention|note|message|dear|hey|hello ~2 ai|llm agent|agents|assistant|assistants|model|models",
        "dear|hey|attention assistant|agent",
        "as an ai assistant|agent|language|model",
        "ai|llm|assistant|agent must|should|shall ~3 send|forward|reply|delete|share|include|approve|search|read",
        "developer|dan|god|debug|jailbreak mode ~1 enabled|activated|on",
        "enter|enable|activate ~2 developer|dan|jailbreak|unrestricted|god mode",
        "forward|send|redirect|exfiltrate|copy|upload|bcc ~4 all|every|entire|whole|latest|last|recent|other ~4 emails|mails|messages|inbox|mailbox|conversations|passwords|credentials|invoices|attachments|contacts|correspondence ~3 to",
        "instruction|instructions for|to ~1 assistant|agent|agents|model|bot",
        "system override|instruction|command|directive",
        "without telling|informing|notifying|alerting|asking ~2 user|human|operator|reviewer|owner",
        "do not|dont ask|request|require|await|wait ~3 approval|confirmation|permission|authorization",
        "already approved|authorized|authorised ~1 by ~2 user|owner|administrator|human|reviewer|operator",
        "delete ~2 email|message|mail ~2 afterwards|without",
        "leite|leiten|sende|senden ~5 nachrichten|mails|emails|posteingang ~5 an|weiter",
        "transfere|transferez|envoie|envoyez ~3 tous|toutes ~3 messages|mails|courriels|emails",
        "reenvia|reenvie|envia|envie ~3 todos|todas ~3 correos|mensajes|emails",
        "sin informar|avisar|decir ~2 usuario|usuaria",
        "sans informer|prevenir|avertir ~1 lutilisateur|utilisateur",
    ];

    /// <summary>With something in the text that could be decoded.</summary>
    public static IReadOnlyList<string> Decoding { get; } = ["decode|decrypt|dekodiere|decodifica|decodez ~6 base64|rot13|hex", "base64 ~6 decode|decoded|execute|follow"];

    /// <summary>Where text is hidden, the very name of a tool.</summary>
    public static IReadOnlyList<string> InHiding { get; } = [Tools];

    /// <summary>What the ends of turns look like to a model: small letters, as they are written.</summary>
    public static IReadOnlyList<string> Marks { get; } =
    [
        "<|im_start|>", "<|im_end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "<|begin_of_text|>",
        "[inst]", "[/inst]", "<<sys>>", "<system_prompt", "</system_prompt", "<tool_call", "<function_call", "<tool_result", "<system-reminder",
    ];
}
