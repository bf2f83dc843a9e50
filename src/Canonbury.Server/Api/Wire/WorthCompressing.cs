using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Api.Wire;

/// <summary>Compresses what is long enough to gain by it.</summary>
internal sealed class WorthCompressing(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>About what one packet carries.</summary>
    private const int Least = 1400;

    public override bool ShouldCompressResponse(HttpContext context) =>
        (context.Response.ContentLength ?? long.MaxValue) >= Least && base.ShouldCompressResponse(context);
}
