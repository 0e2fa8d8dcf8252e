Attribute VB_Name = "QdCheck"
Option Explicit

' The button: checks what was filled in, sheet by sheet, and writes what is found onto the sheet of results. No other
' sheet is changed, shown or unlocked.

Private Answered As Boolean
Private Seen As String

' What keeps the results from being written (no such sheet, a shared workbook) is told in a window.
Public Sub CheckWorkbook()
    Dim told As String
    told = Checked(CDbl(Date))
    If Not QdFindings.Shown() Then MsgBox told, vbExclamation
End Sub

' Checks as of a day: "ok", or in words what kept it from being done.
Public Function Checked(ByVal today As Double) As String
    Checked = QdForm.Lacking()
    If Checked <> "" Then Exit Function
    On Error GoTo failed
    QdForm.Load
    QdFindings.Forget
    CheckAll today
    If QdFindings.Count() = 0 Then
        QdFindings.Show QdFindings.Fill(QdForm.Text("sound"), "at", Moment())
    Else
        QdFindings.Show QdFindings.Fill(QdFindings.Fill(QdForm.Text("found"), "at", Moment()), "count", CStr(QdFindings.Count()))
    End If
    Checked = "ok"
    Exit Function
failed:
    Checked = QdForm.Failed(Err.Number & " " & Err.Description)
    QdFindings.Forget
    QdFindings.ShowFailure QdFindings.Fill(QdFindings.Fill(QdForm.Text("failed"), "at", Moment()), "why", Checked)
End Function

' The day that everything in the workbook is counted up to: what its first sheet says.
Public Function CountedUpTo() As Double
    CountedUpTo = CDbl(Application.ThisWorkbook.Names(QdForm.Text("as_of")).RefersToRange.Value)
End Function

Private Function Moment() As String
    Moment = QdValues.DayText(CDbl(Date)) & " " & Right$("0" & Hour(Now), 2) & ":" & Right$("0" & Minute(Now), 2)
End Function

Private Sub CheckAll(ByVal today As Double)
    Dim role As Long
    Answered = False
    Seen = ""
    QdLog.Forget
    If Loaded("log", QdForm.TitleOf("log")) Then CheckLog today
    For role = 1 To QdForm.RoleCount()
        If Loaded("duty", QdForm.RoleTitle(role)) Then
            CheckDuties
            CheckRows role
        End If
    Next role
    If Loaded("matrix", QdForm.TitleOf("matrix")) Then QdMatrix.Check FilledRows()
    If Loaded("issue", QdForm.TitleOf("issue")) Then CheckIssues today
    If Loaded("risk", QdForm.TitleOf("risk")) Then CheckRisks
    If Loaded("signature", QdForm.TitleOf("signature")) Then CheckSignatures today
    If Seen <> "" And Not Answered Then QdFindings.Add "nothing-filled", "", "", QdForm.Wording("nothing-filled", 2)
End Sub

Private Function Loaded(ByVal key As String, ByVal title As String) As Boolean
    Loaded = QdPage.Load(key, title)
    If Loaded Then
        QdRules.Headings
    Else
        QdFindings.Add "missing-sheet", title, "", QdFindings.Told("missing-sheet", "sheet", title)
    End If
End Function

' The rows of the sheet that hold something, parted by blanks.
Private Function FilledRows() As String
    Dim row As Long
    For row = QdPage.First() To QdPage.Last()
        If QdPage.IsFilled(row) Then FilledRows = FilledRows & IIf(FilledRows = "", "", " ") & row
    Next row
End Function

Private Sub CheckCells(ByVal row As Long)
    If QdRules.IsAnswered(row) Then Answered = True
End Sub

Private Sub CheckLog(ByVal today As Double)
    Dim rows As String, row As Variant
    rows = FilledRows()
    QdLog.Remember
    If rows = "" Then Exit Sub
    For Each row In Split(rows, " ")
        CheckCells CLng(row)
        QdLog.Entry CLng(row)
        QdRules.DayToCome CLng(row), "date", today
    Next row
    QdRules.Together "date-as-text", rows, "date"
    QdRules.Together "blanks-around", rows, "category"
    QdRules.Together "blanks-around", rows, "duty"
    QdRules.Together "blanks-around", rows, "host"
    QdLog.NoHost rows
End Sub

Private Sub CheckDuties()
    Dim row As Long, duty As Long, status As String, own As String, judged As String, due As Long
    due = QdPage.At("deadline")
    QdFindings.StartLists
    For row = QdPage.First() To QdPage.Last()
        duty = QdForm.DutyAt(QdForm.BY_ID, QdPage.Raw(row, QdPage.At("row_id")))
        If IsNew(duty) Then
            If QdForm.DutyDue(duty) = 0 Then own = own & IIf(own = "", "", " ") & row
            CheckCells row
            If QdPage.Raw(row, due) <> "" And (QdForm.DutyDue(duty) = 0 Or QdPage.DayIn(row, due) <> QdForm.DutyDue(duty)) Then Answered = True
            QdRules.Duty row, duty
            status = QdPage.Value(row, QdPage.At("status"))
            If status <> "" Then judged = judged & IIf(judged = "", "", " ") & row
            If QdPage.Raw(row, QdPage.At("status")) = "" Then QdFindings.AddToList 1, row, QdForm.DutyNumber(duty)
            If status = QdForm.Text("done") And QdPage.DayIn(row, QdPage.At("deadline")) + QdForm.DutyDue(duty) = 0 Then
                If Not QdLog.Dates(duty) Then QdFindings.AddToList 2, row, QdForm.DutyNumber(duty)
            End If
        End If
    Next row
    QdRules.Together "date-as-text", own, "deadline"
    QdRules.Together "blanks-around", judged, "status"
    ToldOnce "not-filled", 1, "status"
    ToldOnce "done-without-date", 2, "deadline"
End Sub

' Every row is a duty, and every duty that was issued on this sheet has its row; where rows lost their ids nobody can say
' which of them are gone.
Private Sub CheckRows(ByVal role As Long)
    Dim row As Long, duty As Long, strays As Long, first As Long, numbers As String
    For row = QdPage.First() To QdPage.Last()
        If QdPage.IsFilled(row) And QdForm.DutyAt(QdForm.BY_ID, QdPage.Raw(row, QdPage.At("row_id"))) = 0 Then
            strays = strays + 1
            If strays = 1 Then first = row
            numbers = QdFindings.Listed(numbers, CStr(row), strays)
        End If
    Next row
    If strays > 0 Then
        QdRules.Report "row-id-lost", first, QdPage.At("row_id"), QdFindings.Told("row-id-lost", "rows", numbers)
        Exit Sub
    End If
    For duty = 1 To QdForm.DutyCount()
        If QdForm.DutyRole(duty) = role And Not QdForm.Has(Seen, CStr(duty)) Then
            QdFindings.Add "row-lost", QdForm.RoleTitle(role), "", QdFindings.Told("row-lost", "label", QdForm.DutyLabel(duty))
        End If
    Next duty
End Sub

' Whether this is a duty of the unit that no row above was.
Private Function IsNew(ByVal duty As Long) As Boolean
    If duty = 0 Then Exit Function
    IsNew = Not QdForm.Has(Seen, CStr(duty))
    Seen = Seen & vbLf & duty
End Function

' What several rows have in common, told at the first of them.
Private Sub ToldOnce(ByVal code As String, ByVal list As Long, ByVal key As String)
    Dim sentence As String
    If QdFindings.ListCount(list) = 0 Then Exit Sub
    sentence = QdFindings.Told(code, "count", CStr(QdFindings.ListCount(list)))
    sentence = QdFindings.Fill(sentence, "status", QdForm.Text("done"))
    sentence = QdFindings.Fill(sentence, "numbers", QdFindings.ListWords(list))
    QdRules.Report code, QdFindings.ListFirst(list), QdPage.At(key), sentence
End Sub

Private Sub CheckIssues(ByVal today As Double)
    Dim row As Long
    For row = QdPage.First() To QdPage.Last()
        If QdPage.IsFilled(row) Then
            CheckCells row
            QdRules.Issue row, today
            QdRules.DayToCome row, "closed", today
        End If
    Next row
End Sub

Private Sub CheckRisks()
    Dim row As Long
    For row = QdPage.First() To QdPage.Last()
        If QdPage.IsFilled(row) Then CheckCells row
    Next row
End Sub

Private Sub CheckSignatures(ByVal today As Double)
    Dim row As Long
    For row = QdPage.First() To QdPage.Last()
        If QdPage.IsFilled(row) Then
            CheckCells row
            QdRules.DayToCome row, "date", today
        End If
    Next row
End Sub
