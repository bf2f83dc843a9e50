using System.Globalization;
using System.Text;

namespace Canonbury.Benchmarks.Api;

/// <summary>Requests of a system client as the bytes that go over the wire.</summary>
internal sealed class Requests(Uri address, string token)
{
    private readonly string headers = $"Host: {address.Authority}\r\nAuthorization: Bearer {token}\r\nAccept: application/fhir+json\r\n";

    public byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\n{headers}\r\n");

    public byte[] Post(string path, string body)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string head = string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\n{headers}Content-Type: application/fhir+json\r\nContent-Length: {content.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. content];
    }
}
