using System.Runtime.CompilerServices;

// The attribute is the library's own, seen through InternalsVisibleTo: tests may ask ML.NET for
// what the library asks for.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]
