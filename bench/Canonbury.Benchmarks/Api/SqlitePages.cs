using System.Buffers.Binary;
using Canonbury.Database;

namespace Canonbury.Benchmarks.Api;

/// <summary>
/// How many pages each tree of a SQLite file has, by walking it: the library is built without the table that says so.
/// https://www.sqlite.org/fileformat2.html#b_tree_pages
/// </summary>
internal sealed class SqlitePages(byte[] file)
{
    private const int InteriorIndex = 2, InteriorTable = 5, LeafTable = 13;

    private readonly int pageSize = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(16)) is var size && size == 1 ? 65536 : size;

    /// <summary>Bytes of each table with its indexes. The log is emptied into the file first.</summary>
    public static IEnumerable<(string Table, long Bytes)> Sizes(Session session, string path)
    {
        session.Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.Int(0));
        SqlitePages pages = new(File.ReadAllBytes(path));
        return [.. session.Query("SELECT tbl_name, rootpage FROM sqlite_master WHERE rootpage > 0", row => (Table: row.Text(0), Root: row.Int(1)))
            .GroupBy(tree => tree.Table, (table, trees) => (table, trees.Sum(tree => pages.Count(tree.Root) * pages.pageSize)))];
    }

    private long Count(int number)
    {
        ReadOnlySpan<byte> page = file.AsSpan((number - 1) * pageSize, pageSize);
        ReadOnlySpan<byte> header = number == 1 ? page[100..] : page;
        int kind = header[0];
        bool interior = kind is InteriorIndex or InteriorTable;
        ReadOnlySpan<byte> pointers = header[(interior ? 12 : 8)..];
        long count = 1 + (interior ? Count((int)BinaryPrimitives.ReadUInt32BigEndian(header[8..])) : 0);
        for (int i = 0; i < BinaryPrimitives.ReadUInt16BigEndian(header[3..]); i++)
        {
            ReadOnlySpan<byte> cell = page[BinaryPrimitives.ReadUInt16BigEndian(pointers[(i * 2)..])..];
            count += interior ? Count((int)BinaryPrimitives.ReadUInt32BigEndian(cell)) : 0;
            count += kind == InteriorTable ? 0 : Overflow(interior ? cell[4..] : cell, kind);
        }

        return count;
    }

    // What does not fit beside the other cells of the page stands in pages of its own.
    private long Overflow(ReadOnlySpan<byte> cell, int kind)
    {
        long payload = 0;
        for (int i = 0; i < 9; i++)
        {
            payload = (payload << 7) | (uint)(cell[i] & 0x7f);
            if (cell[i] < 0x80)
            {
                break;
            }
        }

        int most = kind == LeafTable ? pageSize - 35 : ((pageSize - 12) * 64 / 255) - 23;
        int least = ((pageSize - 12) * 32 / 255) - 23;
        if (payload <= most)
        {
            return 0;
        }

        long here = least + ((payload - least) % (pageSize - 4));
        return (payload - (here <= most ? here : least) + pageSize - 5) / (pageSize - 4);
    }
}
