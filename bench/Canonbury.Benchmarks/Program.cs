using Canonbury.Benchmarks.Api;
using Canonbury.Benchmarks.Dictionaries;
using Canonbury.Benchmarks.Find;
using Canonbury.Benchmarks.Mllp;
using Canonbury.Benchmarks.Records;
using Canonbury.Benchmarks.Road;

return args switch
{
    ["road", string target, .. string[] rest] => await RoadLoad.RunAsync(target, rest),
    ["record", string target, .. string[] rest] => await RecordLoad.RunAsync(target, rest),
    ["api", string target, .. string[] rest] => await ApiLoad.RunAsync(target, rest),
    ["find", .. string[] rest] => await FindLoad.RunAsync(rest),
    ["mllp", .. string[] rest] => await MllpLoad.RunAsync(rest),
    ["dictionaries", string folder, .. string[] rest] => DictionaryTraining.Run(folder, rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        road FOLDER|POSTGRESQL-CONNECTION [messages=30000] [rate=0]        the whole road from the socket to the record, beside the bare database
        record FOLDER|POSTGRESQL-CONNECTION [seconds=15]                   opening records of 100, 1,000 and 5,000 items, 50 views a second
        api FOLDER|POSTGRESQL-CONNECTION [seconds=10] [words,of,names] [16,64]  the FHIR API over 16 and 64 connections; words choose interactions
        find FOLDER|POSTGRESQL-CONNECTION [people=206000] [queries=5000]   finding one person among many; fills an empty database first
        mllp [connections=8] [window=32] [seconds=10] [bytes=1200]         acknowledged frames a second with an inbox that does nothing
        dictionaries FOLDER [seed=1]                                       trains the compression dictionaries of stored content into it
        """);
    return 2;
}
