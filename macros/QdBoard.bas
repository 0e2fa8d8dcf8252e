Attribute VB_Name = "QdBoard"
Option Explicit

' What the sheets show of a run: beside its button while it runs and after, in the box beside the buttons what the last
' run had to say, and a line of the log.

Private Const OUTCOME_COLUMN As Long = 0
Private Const TIME_COLUMN As Long = 1
Private Const SECONDS_COLUMN As Long = 2
Private Const TOLD_COLUMN As Long = 3
Private Const BOX_LINES As Long = 17
Private Const BOX_WIDTH As Long = 50

Public Sub Begin(ByVal verb As String, ByVal began As Date)
    Show verb, QdTexts.Text("outcome-running"), began, "", ""
    If verb = "status" Then Exit Sub
    ShowBox verb, began, QdTexts.Text("outcome-running"), ""
End Sub

' A press that is run after the look at the figures that goes on.
Public Sub Queue(ByVal verb As String)
    Show verb, QdTexts.Text("outcome-running"), Now, "", QdTexts.Text("queued")
End Sub

' A press that ran nothing: why stands beside its button and in the log; what the last run said stays.
Public Sub Refuse(ByVal verb As String, ByVal why As String)
    Dim word As String
    word = QdTexts.Text("outcome-refused")
    Show verb, word, Now, "", why
    If verb <> "status" Then AddLine verb, Now, Array(word, "", Plain(why), "", "", QdSettings.Folder())
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
    If verb <> "open" Then ShowBox verb, began, word, Fitted(verb, InFull(told, said))
    AddLine verb, began, Array(word, seconds, Plain(told), Plain(said), QdSettings.WayTaken(), QdSettings.Folder())
End Sub

' The box says which run it tells of.
Private Sub ShowBox(ByVal verb As String, ByVal began As Date, ByVal outcome As String, ByVal content As String)
    SetCell "Qd_Run", QdVerbs.Caption(verb) & "  " & Format(began, "yyyy-mm-dd hh:mm") & "  " & outcome
    SetCell "Qd_Said", content
End Sub

' What a run told and what it said, nothing twice.
Private Function InFull(ByVal told As String, ByVal said As String) As String
    InFull = told & vbLf & vbLf & IIf(said = "", QdTexts.Text("nothing-said"), said)
    If Left$(said, Len(told)) = told Then InFull = said
    If said = "" And told = "" Then InFull = QdTexts.Text("nothing-said")
End Function

' The lines that have room in the box; where there are more, or the program left some out, where all of them are.
Private Function Fitted(ByVal verb As String, ByVal whole As String) As String
    Dim line As Variant, room As Long, where As String
    where = QdVerbs.WhereAll(verb)
    If where <> "" Then where = vbLf & where
    room = BOX_LINES - LinesOf(QdTexts.Text("more-in-log")) - LinesOf(where)
    Fitted = whole
    If LinesOf(whole) <= BOX_LINES And InStr(whole, QdTexts.Text("left-out")) = 0 Then Exit Function
    Fitted = ""
    For Each line In Split(whole, vbLf)
        room = room - LinesOf(CStr(line))
        If room < 0 Then Exit For
        Fitted = Fitted & CStr(line) & vbLf
    Next line
    If room < 0 Then Fitted = Fitted & QdTexts.Text("more-in-log")
    Fitted = Fitted & where
End Function

' How many lines of the box a text takes: a Chinese character is twice as wide as another.
Private Function LinesOf(ByVal content As String) As Long
    Dim line As Variant, width As Long, i As Long
    For Each line In Split(content, vbLf)
        width = 0
        For i = 1 To Len(line)
            width = width + IIf(AscW(Mid$(line, i, 1)) >= 0 And AscW(Mid$(line, i, 1)) < 128, 1, 2)
        Next i
        LinesOf = LinesOf + 1 + IIf(width > BOX_WIDTH, (width - 1) \ (BOX_WIDTH - 1), 0)
    Next line
End Function

' Times are written as numbers: their cells have the look of times, and LibreOffice 25.2 writes no Date.
Private Sub Show(ByVal verb As String, ByVal outcome As String, ByVal began As Date, _
                 ByVal seconds As String, ByVal told As String)
    Dim place As Range
    Set place = Application.ThisWorkbook.Names("Qd_At_" & verb).RefersToRange
    place.Worksheet.Unprotect
    place.Offset(0, OUTCOME_COLUMN).Value = outcome
    place.Offset(0, TIME_COLUMN).Value = CDbl(began)
    place.Offset(0, SECONDS_COLUMN).Value = seconds
    place.Offset(0, TOLD_COLUMN).Value = Plain(told)
    Seal place.Worksheet
End Sub

' Why a run failed: what the program calls a fault, else its first line. A wrong usage begins with how to use it.
Public Function Cause(ByVal said As String) As String
    Dim line As Variant, sign As String
    sign = QdTexts.Text("fault-sign")
    For Each line In Split(said, vbLf)
        If Cause = "" Then Cause = CStr(line)
        If Left$(CStr(line), Len(sign)) = sign Then
            Cause = CStr(line)
            Exit Function
        End If
    Next line
End Function

' One line below the last of the log.
Private Sub AddLine(ByVal verb As String, ByVal began As Date, ByVal rest As Variant)
    Dim place As Range, i As Long
    Set place = Application.ThisWorkbook.Names("Qd_Log").RefersToRange
    Do While CStr(place.Value) <> ""
        Set place = place.Offset(1, 0)
    Loop
    place.Worksheet.Unprotect
    place.Value = CDbl(began)
    place.Offset(0, 1).Value = QdVerbs.Caption(verb)
    For i = LBound(rest) To UBound(rest)
        place.Offset(0, i - LBound(rest) + 2).Value = rest(i)
    Next i
    Seal place.Worksheet
End Sub

' Writes one named cell, locked or not.
Public Sub SetCell(ByVal name As String, ByVal content As String)
    Dim place As Range
    Set place = Application.ThisWorkbook.Names(name).RefersToRange
    place.Worksheet.Unprotect
    place.Value = Plain(content)
    Seal place.Worksheet
End Sub

' Locks a sheet against slips, with the leaves it was shipped with: columns may be made wider and rows higher.
' LibreOffice knows no such leaves.
Public Sub Seal(ByVal page As Worksheet)
    On Error Resume Next
    page.Protect AllowFormattingColumns:=True, AllowFormattingRows:=True
    If Not page.ProtectContents Then page.Protect
End Sub

' Text that stays text: what a file says must not become a formula.
Public Function Plain(ByVal content As String) As String
    Plain = content
    If InStr("=+-@", Left$(content & " ", 1)) > 0 Then Plain = "'" & content
End Function
