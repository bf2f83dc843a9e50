using System.Collections.Frozen;

namespace Canonbury.Borough.Systems;

/// <summary>What people are called instead of what they were registered as.</summary>
internal static class Nicknames
{
    private static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["Elizabeth"] = "Liz", ["Margaret"] = "Maggie", ["Katherine"] = "Kate", ["Rebecca"] = "Becky", ["Jessica"] = "Jess", ["Susan"] = "Sue",
        ["Patricia"] = "Pat", ["Christine"] = "Chris", ["Victoria"] = "Vicky", ["Jacqueline"] = "Jackie", ["Dorothy"] = "Dot", ["Joan"] = "Joanie",
        ["James"] = "Jim", ["Thomas"] = "Tom", ["David"] = "Dave", ["William"] = "Bill", ["Daniel"] = "Dan", ["Matthew"] = "Matt",
        ["Michael"] = "Mike", ["Andrew"] = "Andy", ["Christopher"] = "Chris", ["Robert"] = "Bob", ["Richard"] = "Rick", ["Peter"] = "Pete",
        ["Stephen"] = "Steve", ["Benjamin"] = "Ben", ["Samuel"] = "Sam", ["Joseph"] = "Joe", ["Alexander"] = "Alex", ["Edward"] = "Ted",
        ["Charles"] = "Charlie", ["Kenneth"] = "Ken", ["Ronald"] = "Ron", ["Nicholas"] = "Nick", ["Philip"] = "Phil", ["Mohammed"] = "Mo",
        ["Mohamed"] = "Mo", ["Muhammad"] = "Mohammad", ["Andreas"] = "Andy", ["Georgios"] = "George", ["Costas"] = "Gus", ["Michalis"] = "Mike",
        ["Francesca"] = "Fran", ["Alessandro"] = "Alex", ["Giuseppe"] = "Joe", ["Antonio"] = "Tony", ["Katarzyna"] = "Kasia", ["Małgorzata"] = "Gosia",
        ["Aleksandra"] = "Ola", ["Krzysztof"] = "Kris", ["Patrick"] = "Paddy", ["Bridget"] = "Biddy", ["Kathleen"] = "Kathy", ["Teresa"] = "Terry",
        ["Funmilayo"] = "Funmi", ["Temitope"] = "Temi", ["Babatunde"] = "Tunde", ["Chukwuma"] = "Chuks", ["Emmanuel"] = "Manny", ["Juliana"] = "Juli",
        ["Abdirahman"] = "Abdi", ["Abdullahi"] = "Abdi", ["Mehmet"] = "Memo", ["Charlotte"] = "Lottie", ["Florence"] = "Flo", ["Oliver"] = "Olly",
    }.ToFrozenDictionary();

    public static string? Of(string given) => Short.GetValueOrDefault(given);
}
