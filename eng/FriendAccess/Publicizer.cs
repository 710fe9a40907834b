using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Ml.Autoencoders.Build;

/// <summary>
/// Rewrites the visibility bits of an assembly so that a compiler sees its internal types and members as public, and
/// its <c>private protected</c> members as protected. Nothing else changes: no row moves, no name, no code.
/// </summary>
/// <remarks>
/// The bits lie in fixed columns of the metadata tables (ECMA-335, II.22): Flags is the first column of a TypeDef row
/// (4 bytes) and of a Field row (2 bytes), and stands at byte 6 of a MethodDef row (2 bytes).
/// </remarks>
internal static class Publicizer
{
    private const int MethodFlagsOffset = 6;

    /// <summary>
    /// Gives back a copy of <paramref name="image"/>, a managed PE file, with its visibilities widened.
    /// </summary>
    public static byte[] Publicize(byte[] image)
    {
        byte[] copy = [.. image];
        using var pe = new PEReader(new MemoryStream(image));
        MetadataReader metadata = pe.GetMetadataReader();
        int start = pe.PEHeaders.MetadataStartOffset;

        int Row(TableIndex table, int index) =>
            start + metadata.GetTableMetadataOffset(table) + index * metadata.GetTableRowSize(table);

        for (int i = 0; i < metadata.GetTableRowCount(TableIndex.TypeDef); i++)
            Widen(copy.AsSpan(Row(TableIndex.TypeDef, i)), (int)TypeAttributes.VisibilityMask, WidenType);
        for (int i = 0; i < metadata.GetTableRowCount(TableIndex.MethodDef); i++)
            Widen(copy.AsSpan(Row(TableIndex.MethodDef, i) + MethodFlagsOffset),
                (int)MethodAttributes.MemberAccessMask, WidenMember);
        for (int i = 0; i < metadata.GetTableRowCount(TableIndex.Field); i++)
            Widen(copy.AsSpan(Row(TableIndex.Field, i)), (int)FieldAttributes.FieldAccessMask, WidenMember);
        return copy;
    }

    /// <summary>All visibility masks fit in the low byte of the little-endian Flags column.</summary>
    private static void Widen(Span<byte> flags, int mask, Func<int, int> widen) =>
        flags[0] = (byte)((flags[0] & ~mask) | widen(flags[0] & mask));

    private static int WidenType(int visibility) => (TypeAttributes)visibility switch
    {
        TypeAttributes.NotPublic => (int)TypeAttributes.Public,
        TypeAttributes.NestedAssembly or TypeAttributes.NestedFamORAssem => (int)TypeAttributes.NestedPublic,
        TypeAttributes.NestedFamANDAssem => (int)TypeAttributes.NestedFamily,
        _ => visibility,
    };

    /// <summary>Method and field access use the same numbers.</summary>
    private static int WidenMember(int access) => (MethodAttributes)access switch
    {
        MethodAttributes.Assembly or MethodAttributes.FamORAssem => (int)MethodAttributes.Public,
        MethodAttributes.FamANDAssem => (int)MethodAttributes.Family,
        _ => access,
    };
}
