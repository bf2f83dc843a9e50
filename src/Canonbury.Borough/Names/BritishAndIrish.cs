namespace Canonbury.Borough.Names;

/// <summary>Names as in Britain and Ireland, the most frequent first.</summary>
internal static class BritishAndIrish
{
    public static IReadOnlyList<Origin> Origins { get; } =
    [
        Names.Origins.Of("British", 430, "A", "en",
            "Sarah Emma Charlotte Olivia Emily Laura Hannah Rebecca Jessica Lucy Sophie Amy Katherine Alice Rachel Elizabeth Margaret Susan Helen "
            + "Jane Julie Karen Linda Patricia Christine Grace Ruby Isla Poppy Florence Daisy Mabel Edith Joan Doris Dorothy Sheila Jean Barbara "
            + "Maureen Victoria Eleanor Georgia Harriet Imogen Freya Martha Nancy Beatrice Ivy Phoebe Heather Gillian Frances Lesley Wendy",
            "James Thomas David William Jack Oliver George Daniel Matthew Michael John Paul Andrew Christopher Robert Richard Peter Stephen Mark "
            + "Simon Benjamin Samuel Joseph Alexander Edward Henry Charles Harry Arthur Alfie Leo Oscar Theodore Frederick Stanley Ronald Kenneth "
            + "Derek Brian Alan Keith Roger Trevor Graham Nigel Ian Stuart Philip Martin Nicholas Adam Luke Nathan Toby Hugo Rufus Barnaby",
            "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson "
            + "Clarke Clark Harris Lewis Turner Cooper Hill Ward Morris Moore Baker King Lee Harrison Martin Allen Parker Bennett Young Cook "
            + "Shaw Price Griffiths Carter Phillips Mitchell Collins Bell Webb Marsh Hawkins Fletcher Stephens Ashworth Pickering Thorne "
            + "Middleton Greenhalgh Fairweather Hartley-Brown"),
        Names.Origins.Of("Irish", 42, "B", "en",
            "Mary Bridget Siobhan Aoife Niamh Ciara Sinead Orla Roisin Maeve Caoimhe Aisling Eileen Kathleen Nora Teresa Deirdre Grainne Una "
            + "Josephine Breda Fionnuala Noreen Philomena Saoirse",
            "Patrick Sean Michael Liam Conor Declan Brendan Kevin Eoin Padraig Cormac Ciaran Donal Dermot Fergal Niall Ronan Seamus Aidan "
            + "Colm Finbar Gerard Malachy Oisin Tadhg",
            "Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor O'Neill O'Reilly Doyle McCarthy Gallagher Doherty Kennedy Lynch Murray "
            + "Quinn McLoughlin O'Carroll Connolly Daly Nolan Brennan Burke Fitzgerald Keane Moriarty Mulcahy Heffernan"),
    ];
}
