using Microsoft.ML.Data;

namespace Ml.Autoencoders.Rows;

/// <summary>What a division of rows goes by.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Index">Which of the rows it is, from 0; those without a window are not counted.</param>
/// <param name="Group">The number of its group; 0 where there are none.</param>
internal readonly record struct RowPlace(DataViewRowId Id, long Index, int Group);
