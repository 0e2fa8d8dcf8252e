Attribute VB_Name = "QdBoard"
Option Explicit

' What the sheets show of a run: beside its button while it runs and after, and a line of the log.

Private Const OUTCOME_COLUMN As Long = 0
Private Const TIME_COLUMN As Long = 1
Private Const SECONDS_COLUMN As Long = 2
Private Const TOLD_COLUMN As Long = 3
Private Const LINES_IN_LOG As Long = 3

Public Sub Begin(ByVal verb As String, ByVal began As Date)
    Show verb, QdTexts.Text("outcome-running"), began, "", ""
End Sub

Public Sub Refuse(ByVal verb As String, ByVal why As String)
    Show verb, QdTexts.Text("outcome-refused"), Now, "", why
End Sub

' The outcome is one of done, problems, failed; `said` are the problems as the program lists them.
' A look at the figures is shown only, it is no line of the log.
Public Sub Finish(ByVal verb As String, ByVal began As Date, ByVal outcome As String, _
                  ByVal told As String, ByVal said As String)
    Dim seconds As Long, word As String
    seconds = DateDiff("s", began, Now)
    word = QdTexts.Text("outcome-" & outcome)
    Show verb, word, began, CStr(seconds), told
    If verb = "status" Then Exit Sub
    SetCell "Qd_Said", IIf(said = "", QdTexts.Text("nothing-said"), said)
    AddLine verb, began, Array(word, seconds, Plain(told), Plain(Head(said, LINES_IN_LOG)), _
                               QdSettings.WayTaken(), QdSettings.Folder())
End Sub

' A word to the coordinator that belongs to no run.
Public Sub Say(ByVal told As String)
    SetCell "Qd_Said", told
End Sub

' Times are written as numbers: their cells have the look of times, and LibreOffice 25.2 writes no Date.
Private Sub Show(ByVal verb As String, ByVal outcome As String, ByVal began As Date, _
                 ByVal seconds As String, ByVal told As String)
    Dim place As Range
    Set place = ThisWorkbook.Names("Qd_At_" & verb).RefersToRange
    place.Worksheet.Unprotect
    place.Offset(0, OUTCOME_COLUMN).Value = outcome
    place.Offset(0, TIME_COLUMN).Value = CDbl(began)
    place.Offset(0, SECONDS_COLUMN).Value = seconds
    place.Offset(0, TOLD_COLUMN).Value = Plain(told)
    place.Worksheet.Protect
End Sub

' The first lines of a text, with a sign where more follow.
Public Function Head(ByVal whole As String, ByVal lines As Long) As String
    Dim i As Long, ending As Long
    For i = 1 To lines
        ending = InStr(ending + 1, whole & vbLf, vbLf)
        If ending > Len(whole) Then
            Head = whole
            Exit Function
        End If
    Next i
    Head = Left$(whole, ending - 1) & QdTexts.Text("more")
End Function

' One line below the last of the log.
Private Sub AddLine(ByVal verb As String, ByVal began As Date, ByVal rest As Variant)
    Dim place As Range, i As Long
    Set place = ThisWorkbook.Names("Qd_Log").RefersToRange
    Do While CStr(place.Value) <> ""
        Set place = place.Offset(1, 0)
    Loop
    place.Worksheet.Unprotect
    place.Value = CDbl(began)
    place.Offset(0, 1).Value = QdVerbs.Caption(verb)
    For i = LBound(rest) To UBound(rest)
        place.Offset(0, i - LBound(rest) + 2).Value = rest(i)
    Next i
    place.Worksheet.Protect
End Sub

' Writes one named cell, locked or not.
Public Sub SetCell(ByVal name As String, ByVal content As String)
    Dim place As Range
    Set place = ThisWorkbook.Names(name).RefersToRange
    place.Worksheet.Unprotect
    place.Value = Plain(content)
    place.Worksheet.Protect
End Sub

' Text that stays text: what a file says must not become a formula.
Public Function Plain(ByVal content As String) As String
    Plain = content
    If InStr("=+-@", Left$(content & " ", 1)) > 0 Then Plain = "'" & content
End Function
