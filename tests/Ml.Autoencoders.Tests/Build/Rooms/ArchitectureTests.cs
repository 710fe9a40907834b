using System.Reflection;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>The order of rooms that docs/architecture.md prints is the order that the code has.</summary>
internal sealed class ArchitectureTests
{
    private static readonly Assembly Library = typeof(AutoencoderTransformer).Assembly;

    private static readonly SourceFolder Sources = new(Repository.PathOf("src/Ml.Autoencoders"));

    private static readonly Room[] List = RoomOrder.Of(File.ReadAllText(Repository.PathOf("docs/architecture.md")));

    private static readonly string[] Order = [.. List.Select(room => room.Name)];

    private static readonly Type[] Types =
        [.. Library.GetTypes().Where(type => !type.IsNested && Sources.RoomOf(type) is not null)];

    private static readonly Naming[] Namings =
        [.. CompiledNamings.Of(Library, type => type.Assembly == Library)
            .Concat(SourceNamings.Of(Sources.Files, Types)).Distinct()];

    [Test]
    public void Every_room_names_only_those_above_it() =>
        Assert.That(RoomCheck.Upward(Order, Namings, Sources.RoomOf), Is.Empty);

    [Test]
    public void No_rooms_name_each_other_in_a_circle() => Assert.That(RoomCheck.Circles(Edges()), Is.Empty);

    [Test]
    public void The_list_has_every_folder_and_no_other() =>
        Assert.That(RoomCheck.Differences(Order, Sources.Rooms), Is.Empty);

    [Test]
    public void Rooms_that_do_not_know_ml_net_name_nothing_of_it()
    {
        string[] closed = [.. List.Where(room => !room.KnowsMlNet).Select(room => room.Name)];
        IEnumerable<string> found =
            from naming in CompiledNamings.Of(Library,
                type => type.Assembly.GetName().Name!.StartsWith("Microsoft.ML", StringComparison.Ordinal)).Distinct()
            where closed.Contains(Sources.RoomOf(naming.From))
            select $"{naming.From.Name} names {naming.To.Name} in {naming.Member}";
        Assert.Multiple(() =>
        {
            Assert.That(closed, Has.Length.InRange(1, Order.Length - 1));
            Assert.That(found, Is.Empty);
        });
    }

    /// <summary>Whether torch computes an operation or code of our own is decided in one file.</summary>
    [TestCase(new[] { "CpuLinear", "CpuCrossEntropy", "MatrixProduct", "OneChannel", "TorchConvolutions" }, true)]
    [TestCase(new[] { "Cpu" }, false, Description = "a check that finds nothing, finds nothing wrong")]
    public void Other_rooms_enter_that_of_the_kernels_by_its_door(string[] hidden, bool areHidden)
    {
        string[] found = [.. from naming in Namings
                             where Sources.RoomOf(naming.From) != "Kernels" && hidden.Contains(naming.To.Name)
                             select $"{naming.From.Name} names {naming.To.Name} in {naming.Member}"];
        Assert.That(hidden, Is.SubsetOf(Types.Select(type => type.Name)));
        Assert.That(found, areHidden ? Is.Empty : Does.Contain("TorchArray names Cpu in Convolve"));
    }

    [Test]
    public void Two_rooms_that_change_places_are_told_with_type_and_member()
    {
        string[] swapped =
            [.. Order.Select(room => room switch { "Kernels" => "Arrays", "Arrays" => "Kernels", _ => room })];
        Assert.That(RoomCheck.Upward(swapped, Namings, Sources.RoomOf),
            Does.Contain("Arrays -> Kernels: TorchArray names Cpu in Linear"));
    }

    [TestCase(nameof(Require), nameof(AutoencoderEstimator),
        "Base -> Estimators: Require names AutoencoderEstimator in Planted")]
    [TestCase(nameof(Layer), nameof(ModelDefinition),
        "Networks -> Definitions: Layer names ModelDefinition in Planted")]
    public void A_planted_name_of_a_room_below_is_told(string from, string to, string expected)
    {
        var planted = new Naming(Types.Single(type => type.Name == from), "Planted",
            Types.Single(type => type.Name == to));
        Assert.That(RoomCheck.Upward(Order, Namings.Append(planted), Sources.RoomOf), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void A_planted_folder_is_told() => Assert.That(RoomCheck.Differences(Order, Sources.Rooms.Append("Attic")),
        Is.EqualTo(new[] { "The list does not name the folder 'Attic'." }));

    [Test]
    public void A_planted_circle_is_told() => Assert.That(RoomCheck.Circles(Edges().Append(("Tensors", "Networks"))),
        Is.SupersetOf(new[] { "Tensors", "Networks" }));

    /// <summary>A check that finds nothing, finds nothing wrong.</summary>
    [Test]
    public void Names_are_found_wherever_they_stand()
    {
        (string From, string To)[] edges = [.. Edges()];
        Assert.Multiple(() =>
        {
            Assert.That(edges.Select(edge => edge.From).Concat(edges.Select(edge => edge.To)), Is.SupersetOf(Order));
            Assert.That(edges, Does.Contain(("Families", "Estimators")));
            Assert.That(edges, Does.Contain(("Scoring", "Onnx")));
        });
    }

    private static IEnumerable<(string From, string To)> Edges() =>
        from naming in Namings
        let edge = (From: Sources.RoomOf(naming.From), To: Sources.RoomOf(naming.To))
        where edge.From is not null && edge.To is not null && edge.From != edge.To
        select (edge.From, edge.To);
}
