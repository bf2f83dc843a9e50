using Canonbury.Translate.Hl7v2;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2;

public sealed class PatientKeyTests
{
    [Theory]
    [InlineData("PID|1||9990000018^^^NHS^NH~123^^^HOSP^MR", "HOSP|123")]
    [InlineData("PID|1||77^^^LAB^XX~123^^^HOSP^PI", "HOSP|123")]
    [InlineData("PID|1||123", "123")]
    [InlineData("PID|1||55^^^HOSP^VN~123", "123")]
    [InlineData("PID|1|456^^^OLD||", "OLD|456")]
    [InlineData("PID|1|456|9990000018^^^NHS^NH", "456")]
    [InlineData("PID|1||999 000 0018^^^NHS^NH", "NHS|9990000018")]
    [InlineData("PID|1||9990000019^^^NHS^NH", "NHS|9990000019")]
    [InlineData("PID|1||123^^^&1.2.3&ISO^MR", "1.2.3|123")]
    [InlineData("PID|1||\"\"", null)]
    [InlineData("PID|1||", null)]
    [InlineData("MFI|PRA", null)]
    public void Find_PrefersTheSourcesOwnRecordNumber(string segment, string? key) =>
        Assert.Equal(key, PatientKey.Find(Hl7.Message(Hl7.Msh, segment)));

    [Theory]
    [InlineData("MRG|9990000018^^^NHS^NH~123^^^HOSP^MR", "HOSP|123")]
    [InlineData("MRG||||456", "456")]
    [InlineData("MRG|", null)]
    public void FindMerged_ReadsMrg1(string segment, string? key) =>
        Assert.Equal(key, PatientKey.FindMerged(Hl7.Message(Hl7.Msh, "PID|1||1", segment)));
}
