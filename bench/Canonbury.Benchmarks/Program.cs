using Canonbury.Benchmarks.Dictionaries;
using Canonbury.Benchmarks.Find;
using Canonbury.Benchmarks.Mllp;

return args switch
{
    ["find", .. string[] rest] => await FindLoad.RunAsync(rest),
    ["mllp", .. string[] rest] => await MllpLoad.RunAsync(rest),
    ["dictionaries", string folder, .. string[] rest] => DictionaryTraining.Run(folder, rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        find FOLDER|POSTGRESQL-CONNECTION [people=206000] [queries=5000]   finding one person among many; fills an empty database first
        mllp [connections=8] [window=32] [seconds=10] [bytes=1200]         acknowledged frames a second with an inbox that does nothing
        dictionaries FOLDER [seed=1]                                       trains the compression dictionaries of stored content into it
        """);
    return 2;
}
