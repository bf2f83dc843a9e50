using System.Buffers.Binary;

namespace Canonbury.Fhir.Ids;

/// <summary>
/// Names one source's record of a person. It is the UUIDv5 of source and local id, so every process knows it without asking,
/// and it is the FHIR id of the <c>Patient</c> where ids are mapped. <see cref="Nobody"/> owns resources that are about nobody.
/// </summary>
public readonly record struct PatientId(Guid Value)
{
    /// <summary>How many buckets there are: the unit of order, of lease and of sharding.</summary>
    public const int BucketCount = 1024;

    public static readonly PatientId Nobody = new(Guid.Empty);

    /// <param name="source">The source that sent the patient.</param>
    /// <param name="localId">The id that the source gave the patient, as sent (for HL7 v2, what <c>PatientKey</c> found in PID-3).</param>
    public static PatientId Of(SourceId source, string localId) => new(ResourceIds.Key(source, "Patient", localId));

    /// <summary>0 to 1023, from the first bits of the id, which are the bits of a hash of source and local id.</summary>
    public int Bucket
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes, bigEndian: true, out _);
            return BinaryPrimitives.ReadUInt16BigEndian(bytes) >> 6;
        }
    }

    public override string ToString() => Value.ToString("D");
}
