using System.Text;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2;

namespace Canonbury.Server.Operations;

/// <summary>
/// Runs what the first messages would otherwise wait for: the FHIR model's tables take most of a second, and code is slow until it has run a
/// few dozen times.
/// </summary>
internal static class WarmUp
{
    private const int Rounds = 60;

    private static readonly string[] Messages =
    [
        "MSH|^~\\&|WARM|UP|||20260101120000||ADT^A08^ADT_A01|W1|P|2.4\rEVN|A08|20260101120000\r"
        + "PID|1||W1^^^WARM^MR||WARM^UP^^^MS||19700101|F|||1 Warm Street^^London^^N1 1AA^^H||02070000000\rPV1|1|I|W1^1^1||||C1^Warm^Up\r",
        "MSH|^~\\&|WARM|UP|||20260101120000||ORU^R01^ORU_R01|W2|P|2.4\rPID|1||W1^^^WARM^MR||WARM^UP||19700101|F\r"
        + "OBR|1|W1|W2|FBC^Full blood count^LOCAL|||20260101110000|||||||||||||||20260101120000||H|F\r"
        + "OBX|1|NM|HB^Haemoglobin^LOCAL||131|g/L|115-165|N|||F\rOBX|2|ST|TXT^Comment^LOCAL||Warm||||||F\r",
    ];

    public static void Run()
    {
        TranslationContext context = new(new SourceId("warm-up"), TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch);
        for (int round = 0; round < Rounds; round++)
        {
            foreach (string message in Messages)
            {
                foreach (ResourceStatement statement in Hl7v2Translator.Translate(Encoding.ASCII.GetBytes(message), context).Statements)
                {
                    CardJson.Read(CardJson.Write(CardExtractor.Extract(statement.Content)));
                    FhirJson.ParseStored(FhirJson.ToUtf8(statement.Content));
                }
            }
        }
    }
}
