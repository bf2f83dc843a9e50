using System.Text;

namespace Canonbury.Borough.Sending;

/// <summary>What an acknowledgement asks the sender to do.</summary>
internal enum AcknowledgementKind
{
    Accepted,
    TryAgain,
    Refused,
}

/// <summary>The MSA segment of an acknowledgement (HL7 v2.4 section 2.15.8), in either mode.</summary>
internal sealed record Acknowledgement(string Code, string ControlId, string Text)
{
    /// <summary>Table 0008: a rejection stays (AR, CR); an error may pass (AE, CE), and so may a code that is none.</summary>
    public AcknowledgementKind Kind => Code switch
    {
        "AA" or "CA" => AcknowledgementKind.Accepted,
        "AR" or "CR" => AcknowledgementKind.Refused,
        _ => AcknowledgementKind.TryAgain,
    };

    public static Acknowledgement? Read(byte[] message)
    {
        string text = Encoding.UTF8.GetString(message);
        if (text.Length < 4 || !text.StartsWith("MSH", StringComparison.Ordinal))
        {
            return null;
        }

        char separator = text[3];
        foreach (string segment in text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment.StartsWith("MSA" + separator, StringComparison.Ordinal))
            {
                string[] fields = segment.Split(separator);
                return fields.Length < 3 ? null : new Acknowledgement(fields[1], fields[2], fields.Length > 3 ? fields[3] : "");
            }
        }

        return null;
    }
}
