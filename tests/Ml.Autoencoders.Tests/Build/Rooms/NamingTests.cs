namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>Every way in which a type names another is seen.</summary>
internal sealed class NamingTests
{
    private static readonly Type Place = typeof(Planted<>);

    private static readonly Naming[] Compiled =
        [.. CompiledNamings.Of(Place.Assembly, type => type.Assembly == Place.Assembly)
            .Where(naming => naming.From == Place)];

    [TestCase("its declaration", typeof(PlantedBase))]
    [TestCase("its declaration", typeof(IPlanted))]
    [TestCase("its declaration", typeof(PlantedConstraint))]
    [TestCase("its attributes", typeof(PlantedAttribute))]
    [TestCase("its attributes", typeof(PlantedInTypeOf))]
    [TestCase("_field", typeof(PlantedField))]
    [TestCase(nameof(Planted<>.Marked), typeof(PlantedAttribute))]
    [TestCase(nameof(Planted<>.Result), typeof(PlantedResult))]
    [TestCase(nameof(Planted<>.Result), typeof(PlantedParameter))]
    [TestCase(nameof(Planted<>.Is), typeof(PlantedCast))]
    [TestCase(nameof(Planted<>.Calls), typeof(PlantedCallee))]
    [TestCase(nameof(Planted<>.Generic), typeof(PlantedArgument))]
    [TestCase(nameof(Planted<>.Catches), typeof(PlantedException))]
    public void Compiled_code_tells(string member, Type named) =>
        Assert.That(Compiled, Does.Contain(new Naming(Place, member, named)));

    [TestCase(typeof(PlantedInLambda))]
    [TestCase(typeof(PlantedInIterator))]
    public void What_the_compiler_makes_of_a_member_belongs_to_its_type(Type named) =>
        Assert.That(Compiled.Select(naming => naming.To), Does.Contain(named));

    /// <summary>Why sources are read as well.</summary>
    [Test]
    public void Compiled_code_does_not_tell_constants() =>
        Assert.That(Compiled.Select(naming => naming.To), Does.Not.Contain(typeof(PlantedConstants)));

    [TestCase("nameof(PlantedConstants.Text)")]
    [TestCase("nameof(PlantedConstants)")]
    [TestCase("PlantedConstants.Number")]
    [TestCase("$\"{PlantedConstants.Number}\"")]
    public void Sources_tell(string code) =>
        Assert.That(Source(code).Select(naming => naming.To), Is.EqualTo(new[] { typeof(PlantedConstants) }));

    [TestCase("// PlantedConstants.Number")]
    [TestCase("\"PlantedConstants.Number\"")]
    [TestCase("nameof(Calls)")]
    [TestCase("PlantedCallee.Number")]
    public void Comments_texts_and_what_is_compiled_are_left_alone(string code) => Assert.That(Source(code), Is.Empty);

    private static IEnumerable<Naming> Source(string code) => SourceNamings.Of(
        [new SourceFile("Room",
            $"namespace {Place.Namespace};\n\ninternal sealed class Planted<T>\n{{\n    object X() => {code}\n}}\n")],
        [Place, typeof(PlantedConstants), typeof(PlantedCallee)]);
}
