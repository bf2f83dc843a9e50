using System.Text;
using Canonbury.Database.Content;
using CsCheck;
using Xunit;
using ZstdSharp;

namespace Canonbury.Database.Tests.Floor;

public sealed class EnvelopeTests
{
    // Written by hand, of a hospital that the dictionaries were not trained on.
    private const string Resource =
        """{"resourceType":"Observation","id":"0d6c21b4-7a0f-5a86-9b5e-2f1f6c6b9d10","meta":"""
        + """{"versionId":"1","lastUpdated":"2026-11-02T14:05:31.482+00:00","source":"urn:canonbury:source:northern#019a4510-22bc-7a90-8a41-6d0e5c1f7b33"},"identifier":["""
        + """{"system":"urn:canonbury:northern:ids:filler","value":"NP-88121-K"}],"status":"final","category":[{"coding":["""
        + """{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":["""
        + """{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}],"text":"Potassium"},"subject":"""
        + """{"reference":"Patient/51f0a9c7-3b1d-5d5c-8a57-c0f6f1a2e4d8"},"effectiveDateTime":"2026-11-02T09:40:00+00:00","issued":"2026-11-02T13:58:00+00:00","valueQuantity":"""
        + """{"value":4.6,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},"interpretation":[{"coding":["""
        + """{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"N"}]}],"referenceRange":["""
        + """{"low":{"value":3.5},"high":{"value":5.3},"text":"3.5-5.3"}]}""";

    private const string Message =
        "MSH|^~\\&|LIMS|NORTHERN|CANONBURY|BOROUGH|20261102135800||ORU^R01^ORU_R01|NP88121|P|2.4\r"
        + "PID|1||NH0012345^^^NORTHERN^MR~9990000018^^^NHS^NH||Okafor^Ngozi||19520229|F\r"
        + "OBR|1||NP-88121^LIMS|UE^Urea and electrolytes^L|||20261102094000|||||||||||||||20261102135800||CH|F\r"
        + "OBX|1|NM|2823-3^Potassium^LN||4.6|mmol/L|3.5-5.3|N|||F|||20261102135800\r";

    private const string StoredResource =
        "AQEAKLUv/WEB7QINBwCzix4vP15GFsPHmF0MM2bTAIIw52Qcm52mnw1qcF3i71vM+FiqvbT8sUkWguLi8kFW1lhthcGlZvetkUZKCkqTcWEomV2VmlzckKHL"
        + "833on24p1cPk855IotLSToK0rKhoH0xuhjFzMjOZK7RQk41eY+WH+vka/HRHpS7EMCP8h+4eFOqZUKy7BeU66t6NUAdE4osHBlYQxa4jkv2CvauTcAwzG6YE"
        + "IRBJVpRIMneBsQM0lA+Y6x7uM5zxx1BeusAi/rSN4gyD2dbPltznN6mGbwa+fnlO/uI6Ubx9KGRCKBE=";

    private const string StoredMessage =
        "AQIAKLUv/WECUAC9AwCjxAxT53Vq/lUMk862fTtp1VTX3zasR9bSic/MXH2mSEcfo0knur3m/zonHyI1Tmh0Nk+JDJIY/BsqYAENRiL6XNM/sInjvCIZp94C"
        + "22U683FVSszyH5zRNg510SVztD+jaWDfvGpLT9GJ646HbFf2sthCeakOBg==";

    [Theory]
    [InlineData(ContentKind.Resource)]
    [InlineData(ContentKind.Message)]
    public void Unwrap_OfWhatWasWrapped_IsIdentity(ContentKind kind) =>
        Gen.Byte.Array.Sample(bytes => Envelope.Unwrap(Envelope.Wrap(bytes, kind)).AsSpan().SequenceEqual(bytes));

    [Theory]
    [InlineData(ContentKind.Resource, 1, Resource)]
    [InlineData(ContentKind.Message, 2, Message)]
    public void Wrap_NamesTheDictionaryOfItsKindAndOpensAgain(ContentKind kind, byte dictionary, string content)
    {
        byte[] envelope = Envelope.Wrap(Encoding.UTF8.GetBytes(content), kind);

        Assert.Equal([1, dictionary, 0], envelope[..3]);
        Assert.Equal(content, Encoding.UTF8.GetString(Envelope.Unwrap(envelope)));
    }

    [Fact]
    public void Wrap_OfASmallResource_IsAThirdOfItAtMost()
    {
        byte[] content = Encoding.UTF8.GetBytes(Resource);
        using Compressor plain = new();

        Assert.InRange(content.Length / (double)Envelope.Wrap(content, ContentKind.Resource).Length, 3, 20);
        Assert.InRange(content.Length / (double)plain.Wrap(content).Length, 1, 3);
    }

    [Theory]
    [InlineData(Resource)]
    [InlineData(Message)]
    public void Unwrap_OfWhatWasWrappedWithoutADictionary_IsIdentity(string content)
    {
        using Compressor compressor = new();
        byte[] envelope = [1, 0, 0, .. compressor.Wrap(Encoding.UTF8.GetBytes(content))];

        Assert.Equal(content, Encoding.UTF8.GetString(Envelope.Unwrap(envelope)));
    }

    // A dictionary that was released never changes, for stored content needs its very bytes: a better one gets a new number.
    [Theory]
    [InlineData(StoredResource, Resource)]
    [InlineData(StoredMessage, Message)]
    public void Unwrap_OfWhatAnEarlierProgramStored_IsTheContent(string stored, string content) =>
        Assert.Equal(content, Encoding.UTF8.GetString(Envelope.Unwrap(Convert.FromBase64String(stored))));

    [Fact]
    public void Unwrap_OfADictionaryThatThisProgramDoesNotHave_Refuses() =>
        Assert.Throws<InvalidDataException>(() => Envelope.Unwrap([1, 255, 0, 1]));

    [Fact]
    public void Wrap_OfRepetitiveText_IsSmaller() =>
        Assert.True(Envelope.Wrap(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"code\":1}", 100))), ContentKind.Message).Length < 100);

    [Fact]
    public void Unwrap_OfAnUnknownCodec_Refuses() => Assert.Throws<InvalidDataException>(() => Envelope.Unwrap([9, 0, 0, 1]));
}
