using System.Text;
using Canonbury.Database.Content;
using CsCheck;
using Xunit;

namespace Canonbury.Database.Tests.Floor;

public sealed class EnvelopeTests
{
    [Fact]
    public void Unwrap_OfWhatWasWrapped_IsIdentity() =>
        Gen.Byte.Array.Sample(bytes => Envelope.Unwrap(Envelope.Wrap(bytes, ContentKind.Resource)).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void Wrap_OfRepetitiveText_IsSmaller() =>
        Assert.True(Envelope.Wrap(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"code\":1}", 100))), ContentKind.Message).Length < 100);

    [Fact]
    public void Unwrap_OfAnUnknownCodec_Refuses() => Assert.Throws<InvalidDataException>(() => Envelope.Unwrap([9, 0, 0, 1]));
}
