namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>The checks of an order of rooms, held to orders that are wrong.</summary>
internal sealed class RoomCheckTests
{
    private static readonly string[] Order = ["Low", "Middle", "High"];

    [Test]
    public void A_room_may_name_those_before_it() =>
        Assert.That(Upward(new Naming(typeof(Top), "Do", typeof(Bottom))), Is.Empty);

    [Test]
    public void A_room_may_not_name_one_after_it() => Assert.That(Upward(new Naming(typeof(Bottom), "Do", typeof(Top))),
        Is.EqualTo(new[] { "Low -> High: Bottom names Top in Do" }));

    [Test]
    public void What_the_compiler_adds_is_in_no_room() =>
        Assert.That(Upward(new Naming(typeof(Bottom), "Do", typeof(int))), Is.Empty);

    [Test]
    public void A_folder_has_to_be_in_the_list() =>
        Assert.That(RoomCheck.Differences(Order, ["Low", "Middle", "High", ""]),
        Is.EqualTo(new[] { "The list does not name the folder ''." }));

    [Test]
    public void A_room_has_to_be_there() => Assert.That(RoomCheck.Differences(Order, ["Low", "High"]),
        Is.EqualTo(new[] { "The list names 'Middle', which is not there." }));

    [Test]
    public void A_room_is_in_the_list_once() => Assert.That(RoomCheck.Differences([.. Order, "Low"], Order),
        Is.EqualTo(new[] { "The list names 'Low' twice." }));

    [Test]
    public void Circles_are_found() => Assert.That(
        RoomCheck.Circles([("High", "Middle"), ("Middle", "Low"), ("Low", "Middle"), ("Low", "Lowest")]),
        Is.EqualTo(new[] { "High", "Low", "Middle" }));

    [Test]
    public void An_order_has_none() => Assert.That(
        RoomCheck.Circles([("High", "Middle"), ("Middle", "Low"), ("High", "Low"), ("Low", "Low")]), Is.Empty);

    [Test]
    public void The_order_is_that_of_the_table_under_its_heading() => Assert.That(
        RoomOrder.Of(
            "# A\n\n| `No/` | no |\n\n## Rooms\n\n| room | what | ML.NET |\n|---|---|---|\n| `B/` | x | no |\n| `A/` " +
            "| `C/` | yes |\n\n## More\n\n| `D/` | x | no |\n"),
        Is.EqualTo(new Room[] { new("B", false), new("A", true) }));

    private static IEnumerable<string> Upward(Naming naming) => RoomCheck.Upward(Order, [naming], type =>
        type == typeof(Bottom) ? "Low" : type == typeof(Top) ? "High" : null);

    private static class Bottom;

    private static class Top;
}
