using System.Globalization;
using System.Text;
using Canonbury.Borough.Hl7;

namespace Canonbury.Borough.Systems;

/// <summary>Writes one page of text as a PDF 1.4 file (ISO 32000-1, section 7.5): five objects, a cross-reference table, a trailer.</summary>
internal static class TinyPdf
{
    public static string Base64(IReadOnlyList<string> lines) => Convert.ToBase64String(Write(lines));

    public static byte[] Write(IReadOnlyList<string> lines)
    {
        StringBuilder page = new("BT /F1 11 Tf 56 780 Td 16 TL");
        foreach (string line in lines)
        {
            page.Append("\n(").Append(Escape(Letters.Fold(line))).Append(") Tj T*");
        }

        page.Append("\nET");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Length {page.Length} >>\nstream\n{page}\nendstream"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];

        StringBuilder file = new("%PDF-1.4\n");
        StringBuilder table = new("0000000000 65535 f \n");
        for (int number = 1; number <= objects.Length; number++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{objects[number - 1]}\nendobj\n");
        }

        int start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n{table}trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\n");
        file.Append(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    private static string Escape(string line) =>
        line.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal);
}
