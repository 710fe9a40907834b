namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>Holds namings to an order of rooms.</summary>
internal static class RoomCheck
{
    /// <summary>What names a room further down in the list.</summary>
    /// <param name="order">The rooms; each may name those before it.</param>
    /// <param name="namings">Who names whom.</param>
    /// <param name="roomOf">The room of a type; null where it is in none.</param>
    public static IEnumerable<string> Upward(IReadOnlyList<string> order, IEnumerable<Naming> namings,
        Func<Type, string?> roomOf) =>
        from naming in namings.Distinct()
        let edge = (From: roomOf(naming.From), To: roomOf(naming.To))
        where edge.From is not null && edge.To is not null && PlaceOf(order, edge.To) > PlaceOf(order, edge.From)
        select $"{edge.From} -> {edge.To}: {naming.From.Name} names {naming.To.Name} in {naming.Member}";

    /// <summary>Folders that the list leaves out, and rooms in it that are not there.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<string> order, IEnumerable<string> folders)
    {
        string[] found = [.. folders];
        return found.Except(order).Select(folder => $"The list does not name the folder '{folder}'.")
            .Concat(order.Except(found).Select(room => $"The list names '{room}', which is not there."))
            .Concat(order.GroupBy(room => room).Where(group => group.Count() > 1)
                .Select(group => $"The list names '{group.Key}' twice."));
    }

    /// <summary>The rooms that name each other in a circle, or are named only by way of one.</summary>
    /// <param name="edges">Which room names which.</param>
    public static string[] Circles(IEnumerable<(string From, string To)> edges)
    {
        HashSet<(string From, string To)> left = [.. edges.Where(edge => edge.From != edge.To)];
        // A room that names none of those that are left is in no circle.
        while (left.RemoveWhere(edge => !left.Any(next => next.From == edge.To)) > 0)
        {
        }
        return [.. left.Select(edge => edge.From).Distinct().Order()];
    }

    private static int PlaceOf(IReadOnlyList<string> order, string room) =>
        order.Index().First(item => item.Item == room).Index;
}
