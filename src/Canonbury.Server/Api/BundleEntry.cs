using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>An entry of a transaction or batch. https://hl7.org/fhir/R4/bundle.html</summary>
/// <param name="Index">Its place in the bundle, from 0.</param>
/// <param name="Hash">Of the bundle as it was sent.</param>
internal sealed record BundleEntry(int Index, string? FullUrl, Resource? Resource, byte[] Hash);
