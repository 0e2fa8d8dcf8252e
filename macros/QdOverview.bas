Attribute VB_Name = "QdOverview"
Option Explicit

' The overview: each row of a hidden column says which value of the answer stands beside it.

Private Const VALUE_COLUMN As Long = 2

Public Sub Fill()
    Dim row As Range, content As String
    Set row = Application.ThisWorkbook.Names("Qd_Overview").RefersToRange
    row.Worksheet.Unprotect
    Do While CStr(row.Value) <> "end"
        If CStr(row.Value) <> "" Then
            content = QdReply.Value(CStr(row.Value))
            If content <> "" And IsNumeric(content) Then
                row.Offset(0, VALUE_COLUMN).Value = CLng(content)
            Else
                row.Offset(0, VALUE_COLUMN).Value = QdBoard.Plain(content)
            End If
        End If
        Set row = row.Offset(1, 0)
    Loop
    QdBoard.Seal row.Worksheet
    QdBoard.SetCell "Qd_Overview_Folder", QdSettings.Folder() & QdSystem.Separator()
End Sub
