using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Canonbury.Access.Http;

namespace Canonbury.Server.Web.Assets;

/// <summary>
/// The style sheets, scripts and images of the pages, embedded in the program and compressed once at start. The address holds a digest
/// of all of them, so a browser may keep them for ever and never mixes two releases.
/// </summary>
public static class EmbeddedAssets
{
    private const string Prefix = "wwwroot/";

    private static readonly FrozenDictionary<string, Asset> All = Load();

    private static readonly string Release = Digest();

    /// <summary>The address of an asset, such as <c>canonbury.css</c>.</summary>
    public static string Path(string name) =>
        All.ContainsKey(name) ? $"/assets/{Release}/{name}" : throw new ArgumentException($"There is no asset {name}.", nameof(name));

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{release}/{**name}", Serve).WithMetadata(new NoPersonalDataAttribute());

    private static IResult Serve(string release, string name, HttpContext context)
    {
        if (!All.TryGetValue(name, out Asset? asset) || release != Release)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            return Results.Bytes(asset.Plain, asset.ContentType);
        }

        context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(asset.Brotli, asset.ContentType);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        Assembly program = typeof(EmbeddedAssets).Assembly;
        return program.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => Read(program, name), StringComparer.Ordinal);
    }

    private static Asset Read(Assembly program, string name)
    {
        using Stream stream = program.GetManifestResourceStream(name)!;
        using MemoryStream plain = new();
        stream.CopyTo(plain);
        using MemoryStream small = new();
        using (BrotliStream brotli = new(small, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(plain.GetBuffer().AsSpan(0, (int)plain.Length));
        }

        return new Asset(ContentType(name), plain.ToArray(), small.ToArray());
    }

    private static string ContentType(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        string other => throw new InvalidOperationException($"No content type is known for assets that end in {other}."),
    };

    private static string Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string _, Asset asset) in All.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(asset.Plain);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    private sealed record Asset(string ContentType, byte[] Plain, byte[] Brotli);
}
