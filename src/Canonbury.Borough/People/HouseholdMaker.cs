using Canonbury.Borough.Names;

namespace Canonbury.Borough.People;

/// <summary>Makes the people of one address: who they are to each other, their ages and names.</summary>
internal sealed class HouseholdMaker
{
    private readonly BoroughOptions options;
    private readonly long household;
    private readonly Dice dice;
    private readonly HouseholdKind kind;
    private readonly Address address;
    private readonly Address? former;
    private readonly DateOnly? movedOn;
    private readonly Practice practice;

    public HouseholdMaker(BoroughOptions options, long household)
    {
        this.options = options;
        this.household = household;
        dice = new Dice(options.Seed, 1, (ulong)household);
        kind = PickKind();
        bool flat = dice.Chance(0.62);
        address = kind == HouseholdKind.CareHome ? Places.CareHome(dice) : Places.AddressOf(dice, flat);
        practice = dice.PickSkewed(Places.Practices);
        if (kind != HouseholdKind.CareHome && dice.Chance(0.22))
        {
            former = Places.AddressOf(dice, dice.Chance(0.6));
            movedOn = options.AsOf.AddDays(-dice.Between(20, 5 * 365));
        }
    }

    public IEnumerable<Resident> Make(long firstNumber, NhsNumbers numbers, string? elsewhere)
    {
        IReadOnlyList<Member> members = Members();
        for (int index = 0; index < members.Count; index++)
        {
            yield return Person(members[index], firstNumber, index, numbers, elsewhere);
        }
    }

    private HouseholdKind PickKind() => dice.Below(1000) switch
    {
        < 235 => HouseholdKind.OnePerson,
        < 410 => HouseholdKind.Couple,
        < 625 => HouseholdKind.Family,
        < 692 => HouseholdKind.SingleParent,
        < 822 => HouseholdKind.FlatShare,
        < 900 => HouseholdKind.OlderCouple,
        < 999 => HouseholdKind.OneOlderPerson,
        _ => HouseholdKind.CareHome,
    };

    private List<Member> Members()
    {
        List<Member> members = [];
        Origin origin = Origins.Pick(dice);
        switch (kind)
        {
            case HouseholdKind.OnePerson:
                members.Add(Adult(origin, dice.Chance(0.47), WorkingAge()));
                break;
            case HouseholdKind.OneOlderPerson:
                members.Add(Adult(origin, dice.Chance(0.64), dice.Between(65, 97)));
                break;
            case HouseholdKind.Couple:
                AddCouple(members, origin, WorkingAge());
                break;
            case HouseholdKind.OlderCouple:
                AddCouple(members, origin, dice.Between(64, 89));
                break;
            case HouseholdKind.FlatShare:
                AddStrangers(members, dice.Between(2, 5), 20, 36);
                break;
            case HouseholdKind.CareHome:
                AddStrangers(members, dice.Between(12, 34), 74, 99);
                break;
            case HouseholdKind.SingleParent:
                Member parent = Adult(origin, dice.Chance(0.87), dice.Between(24, 52));
                members.Add(parent);
                AddChildren(members, parent.Age, origin, parent.Family, parent.Category);
                break;
            default:
                AddCouple(members, origin, dice.Between(27, 52));
                AddChildren(members, members[0].Age, members[1].Origin, members[1].Family,
                    EthnicCategories.Mixed(members[0].Category, members[1].Category));
                break;
        }

        return members;
    }

    // Inner London is young: most adults who live alone or as a couple are between 23 and 45.
    private int WorkingAge() => Math.Clamp((int)dice.Normal(36, 11), 21, 66);

    private Member Adult(Origin origin, bool female, int age) => new(origin, female, Birthday(age), age,
        dice.PickSkewed(female ? origin.Female : origin.Male), dice.PickSkewed(origin.Family), origin.Category);

    private void AddCouple(List<Member> members, Origin origin, int age)
    {
        Member one = Adult(origin, true, age);
        Origin otherOrigin = dice.Chance(0.72) ? origin : Origins.Pick(dice);
        Member other = Adult(otherOrigin, !dice.Chance(0.95), Math.Max(20, age + dice.Between(-4, 7)));
        if (dice.Chance(age > 60 ? 0.85 : 0.45))
        {
            one = one with { Family = other.Family, FormerFamily = one.Family };
        }

        members.Add(one);
        members.Add(other);
    }

    private void AddStrangers(List<Member> members, int count, int youngest, int oldest)
    {
        for (int person = 0; person < count; person++)
        {
            members.Add(Adult(Origins.Pick(dice), dice.Chance(kind == HouseholdKind.CareHome ? 0.7 : 0.5), dice.Between(youngest, oldest)));
        }
    }

    private void AddChildren(List<Member> members, int parentAge, Origin origin, string family, string category)
    {
        int count = dice.Below(10) switch { < 4 => 1, < 8 => 2, 8 => 3, _ => 4 };
        int eldest = Math.Clamp(parentAge - dice.Between(20, 36), 0, 19);
        for (int child = 0; child < count && eldest >= 0; child++)
        {
            bool female = dice.Chance(0.49);
            Member made = new(origin, female, Birthday(eldest), eldest, NewName(members, female ? origin.Female : origin.Male), family, category);
            members.Add(made);
            if (dice.Chance(0.017))
            {
                members.Add(TwinOf(made) with { TwinIndex = members.Count - 1 });
            }

            eldest -= dice.Between(1, 4);
        }
    }

    // A son may be named after his father; two children of one house are never named alike.
    private string NewName(List<Member> members, IReadOnlyList<string> names)
    {
        string name = dice.PickSkewed(names);
        while (members.Skip(1).Any(member => member.Given == name))
        {
            name = dice.Pick(names);
        }

        return name;
    }

    // Twins share birth date, surname and address, and often have names that begin alike: the hardest pair to keep apart.
    private Member TwinOf(Member first)
    {
        bool female = dice.Chance(0.7) ? first.Female : !first.Female;
        IReadOnlyList<string> names = female ? first.Origin.Female : first.Origin.Male;
        List<string> alike = [.. names.Where(name => name[0] == first.Given[0] && name != first.Given)];
        string given = alike.Count > 0 ? dice.Pick(alike) : names.First(name => name != first.Given);
        return first with { Female = female, Given = given };
    }

    private DateOnly Birthday(int age) => options.AsOf.AddYears(-age).AddDays(-dice.Between(1, 364));

    private Resident Person(Member member, long firstNumber, int index, NhsNumbers numbers, string? elsewhere)
    {
        bool none = dice.Chance(0.004);
        string? number = none ? null : numbers.Next();
        bool renamed = member.FormerFamily is not null && dice.Chance(0.35);
        bool movedIn = former is not null && (movedOn > member.Born);
        return new Resident
        {
            Number = firstNumber + index,
            Household = household,
            HouseholdKind = kind,
            NhsNumber = number,
            Female = member.Female,
            Born = member.Born,
            Died = DeathOf(member.Age),
            Title = TitleOf(member),
            Given = member.Given,
            Middle = dice.Chance(0.4) ? MiddleOf(member) : null,
            Family = member.Family,
            FormerFamily = member.FormerFamily,
            NameChangedOn = member.FormerFamily is null
                ? null
                : renamed ? options.AsOf.AddDays(-dice.Between(30, 5 * 365)) : options.AsOf.AddDays(-dice.Between(6 * 365, 8 * 365)),
            Origin = member.Origin,
            EthnicCategory = dice.Chance(0.05) ? "Z" : member.Category,
            Address = address,
            FormerAddress = movedIn ? former : null,
            MovedOn = movedIn ? movedOn : null,
            Practice = practice,
            Doctor = dice.Pick(practice.Doctors),
            Phone = dice.Chance(0.4) ? Phones.Landline(dice) : null,
            Mobile = member.Age >= 13 && dice.Chance(0.93) ? Phones.Mobile(dice) : null,
            Email = member.Age >= 16 && dice.Chance(0.6) ? Phones.Email(dice, member.Given, member.Family, firstNumber + index) : null,
            Sensitive = dice.Chance(0.003),
            TwinOf = member.TwinIndex is int twin ? firstNumber + twin : null,
            ConfusedNhsNumber = dice.Chance(0.003) ? elsewhere : null,
        };
    }

    private string? MiddleOf(Member member) =>
        dice.PickSkewed(member.Female ? member.Origin.Female : member.Origin.Male) is string middle && middle != member.Given ? middle : null;

    private DateOnly? DeathOf(int age)
    {
        double chance = age switch { < 50 => 0.001, < 70 => 0.008, < 80 => 0.03, < 90 => 0.07, _ => 0.14 };
        return dice.Chance(chance) ? options.AsOf.AddDays(-dice.Between(3, 500)) : null;
    }

    private string TitleOf(Member member) => member.Female
        ? member.Age < 18 ? "Miss" : member.FormerFamily is not null ? "Mrs" : dice.Chance(0.6) ? "Ms" : "Miss"
        : member.Age < 12 ? "Master" : "Mr";

    private sealed record Member(Origin Origin, bool Female, DateOnly Born, int Age, string Given, string Family, string Category)
    {
        public string? FormerFamily { get; init; }

        public int? TwinIndex { get; init; }
    }
}
