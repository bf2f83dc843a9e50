namespace Canonbury.Database.Leases;

/// <summary>Another process holds the bucket now; the message stays in the inbox and that process does the work.</summary>
public sealed class LeaseLostException(int bucket) : Exception($"Bucket {bucket} is held by another process.")
{
    public int Bucket { get; } = bucket;
}
