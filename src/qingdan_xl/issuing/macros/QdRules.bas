Attribute VB_Name = "QdRules"
Option Explicit

' The checks of one sheet, each as `qingdan check` makes it: the same problem in the same cell.

Private Const COMMA_SIGN As Long = &H3001
Private Const MOST_WORDS As Long = 20

Private Columns As Long
Private Lists() As String
Private Needed() As Boolean
Private Editable() As Boolean
Private Answers() As Boolean
Private People() As Boolean
Private Everybody As String

' The sheet that was read last: its headings are there, each once.
Public Sub Headings()
    Dim at As Long
    TakeColumns
    For at = 1 To QdPage.Count()
        If QdPage.Kind(at) <> "shown" Then
            If Not QdPage.IsThere(at) And QdPage.Declared(at, 11) <> "1" Then
                QdFindings.Add "missing-heading", QdPage.Title(), "", QdFindings.Told("missing-heading", "heading", QdPage.Heading(at))
            ElseIf QdPage.Times(at) > 1 Then
                QdFindings.Add "heading-twice", QdPage.Title(), "", QdFindings.Told("heading-twice", "heading", QdPage.Heading(at))
            End If
        End If
    Next at
End Sub

' What is declared of the columns, at hand for every cell: asking for it each time takes longer than the checks.
Private Sub TakeColumns()
    Dim at As Long
    Columns = QdPage.Count()
    ReDim Lists(1 To Columns)
    ReDim Needed(1 To Columns)
    ReDim Editable(1 To Columns)
    ReDim Answers(1 To Columns)
    ReDim People(1 To Columns)
    For at = 1 To Columns
        Lists(at) = ""
        If QdPage.Declared(at, 7) <> "" Then Lists(at) = QdForm.Words(QdPage.Declared(at, 7))
        Needed(at) = (QdPage.Declared(at, 8) = "1" And QdPage.IsThere(at))
        Editable(at) = (QdPage.Declared(at, 9) = "1")
        Answers(at) = (QdPage.Declared(at, 10) = "1")
        People(at) = (QdPage.Kind(at) = "person")
    Next at
    Everybody = QdForm.Words("qd_person")
End Sub

' Every cell of a row can be read, and its words are known; whether any of them is an answer.
Public Function IsAnswered(ByVal row As Long) As Boolean
    Dim at As Long, raw As String
    For at = 1 To Columns
        raw = QdPage.Raw(row, at)
        If raw <> "" Then
            Cell row, at, raw, QdPage.Value(row, at)
            If Answers(at) Then IsAnswered = True
        ElseIf Needed(at) Then
            Report "needs-value", row, at, QdFindings.Told("needs-value", "heading", QdPage.Heading(at))
        End If
    Next at
End Function

Private Sub Cell(ByVal row As Long, ByVal at As Long, ByVal raw As String, ByVal word As String)
    Dim sentence As String
    If QdPage.Why(row, at) <> "" Then
        sentence = QdFindings.Told("bad-cell", "heading", QdPage.Heading(at))
        sentence = QdFindings.Fill(sentence, "text", Left$(raw, 40))
        Report "bad-cell", row, at, QdFindings.Fill(sentence, "why", QdPage.Why(row, at))
        Exit Sub
    End If
    If Editable(at) And raw <> word Then
        Report "odd-characters", row, at, QdFindings.Told("odd-characters", "heading", QdPage.Heading(at))
    End If
    If word = "" Then
        If Needed(at) Then Report "needs-value", row, at, QdFindings.Told("needs-value", "heading", QdPage.Heading(at))
        Exit Sub
    End If
    If Lists(at) <> "" Then Choice row, at, word, Lists(at)
    If People(at) And Everybody <> "" Then Person row, at, word
End Sub

Private Sub Choice(ByVal row As Long, ByVal at As Long, ByVal word As String, ByVal these As String)
    Dim sentence As String
    If QdForm.Has(these, word) Then Exit Sub
    sentence = QdFindings.Told("not-a-choice", "heading", QdPage.Heading(at))
    sentence = QdFindings.Fill(sentence, "text", word)
    Report "not-a-choice", row, at, QdFindings.Fill(sentence, "choices", Choices(these))
End Sub

Private Function Choices(ByVal these As String) As String
    Dim words() As String, i As Long
    words = Split(these, vbLf)
    For i = 0 To UBound(words)
        If i < MOST_WORDS Then Choices = Choices & IIf(i = 0, "", ChrW(COMMA_SIGN)) & words(i)
    Next i
    If UBound(words) < MOST_WORDS Then Exit Function
    Choices = QdFindings.Fill(QdForm.Text("more_choices"), "choices", Choices)
    Choices = QdFindings.Fill(Choices, "count", CStr(UBound(words) + 1))
End Function

Private Sub Person(ByVal row As Long, ByVal at As Long, ByVal word As String)
    Dim name As Variant, sentence As String
    If QdForm.Has(Everybody, word) Then Exit Sub
    For Each name In Split(QdValues.Names(word), vbLf)
        If Not QdForm.Has(Everybody, CStr(name)) Then
            sentence = QdFindings.Told("unknown-person", "heading", QdPage.Heading(at))
            sentence = QdFindings.Fill(sentence, "name", CStr(name))
            Report "unknown-person", row, at, QdFindings.Fill(sentence, "hint", "")
        End If
    Next name
End Sub

' One row of a duty sheet, but for what is told once a sheet.
Public Sub Duty(ByVal row As Long, ByVal which As Long)
    Dim status As Long, score As Long, sentence As String
    status = QdPage.At("status")
    score = QdPage.At("self_score")
    DueChanged row, which
    If QdPage.Value(row, status) = QdForm.Text("done") And QdPage.Raw(row, QdPage.At("evidence")) = "" Then
        If Not QdLog.Proves(which) Then
            sentence = QdFindings.Told("done-without-evidence", "status", QdForm.Text("done"))
            Report "done-without-evidence", row, QdPage.At("evidence"), sentence
        End If
    End If
    If QdPage.Value(row, score) <> "" Then
        If QdPage.NumberIn(row, score) < 0 Or QdPage.NumberIn(row, score) > 100 Then
            sentence = QdFindings.Told("self-score-range", "score", QdPage.Raw(row, score))
            Report "self-score-range", row, score, sentence
        End If
    End If
    If QdForm.Has(QdForm.Words("qd_status"), QdPage.Value(row, status)) Then Light row, status
End Sub

Private Sub DueChanged(ByVal row As Long, ByVal which As Long)
    Dim due As Double, typed As Double, sentence As String
    due = QdForm.DutyDue(which)
    typed = QdPage.DayIn(row, QdPage.At("deadline"))
    If due = 0 Or typed = 0 Or due = typed Then Exit Sub
    sentence = QdFindings.Told("due-changed", "issued", QdValues.DayText(due))
    Report "due-changed", row, QdPage.At("deadline"), QdFindings.Fill(sentence, "found", QdValues.DayText(typed))
End Sub

' What the workbook's own formulas say of a duty as of the day on its first sheet.
Private Sub Light(ByVal row As Long, ByVal status As Long)
    Dim sentence As String
    If QdPage.Value(row, status) = "" Then Exit Sub
    Select Case QdPage.Value(row, QdPage.At("light"))
        Case QdForm.Text("overdue")
            sentence = QdFindings.Told("deadline-passed", "due", QdValues.DayText(QdPage.DayIn(row, QdPage.At("deadline"))))
            Report "deadline-passed", row, status, QdFindings.Fill(sentence, "status", QdPage.Value(row, status))
        Case QdForm.Text("short")
            sentence = QdFindings.Told("demand-short", "as_of", QdValues.DayText(QdCheck.CountedUpTo()))
            Report "demand-short", row, status, QdFindings.Fill(sentence, "short", QdPage.Value(row, QdPage.At("missing")))
    End Select
End Sub

' What several rows have in common is told once a sheet, at the first of them.
Public Sub Together(ByVal code As String, ByVal rows As String, ByVal key As String)
    Dim row As Variant, at As Long, first As Long, count As Long, numbers As String, sentence As String
    at = QdPage.At(key)
    If rows = "" Or Not QdPage.IsThere(at) Then Exit Sub
    For Each row In Split(rows, " ")
        If IsTold(code, CLng(row), at) Then
            If count = 0 Then first = CLng(row)
            count = count + 1
            numbers = QdFindings.Listed(numbers, CStr(row), count)
        End If
    Next row
    If count = 0 Then Exit Sub
    sentence = QdFindings.Told(code, "heading", QdPage.Heading(at))
    sentence = QdFindings.Fill(QdFindings.Fill(sentence, "count", CStr(count)), "rows", numbers)
    Report code, first, at, sentence
End Sub

' A day that stands in its cell as a text, or a word with blanks around it.
Private Function IsTold(ByVal code As String, ByVal row As Long, ByVal at As Long) As Boolean
    If code = "date-as-text" Then IsTold = QdPage.IsTextDay(row, at) Else IsTold = QdPage.IsPadded(row, at)
End Function

' A day on which something was done lies before tomorrow; those of other years are told otherwise.
Public Sub DayToCome(ByVal row As Long, ByVal key As String, ByVal today As Double)
    Dim day As Double, sentence As String
    day = QdPage.DayIn(row, QdPage.At(key))
    If day <= today Then Exit Sub
    If Year(day) <> CLng(QdForm.Text("year")) Then Exit Sub
    sentence = QdFindings.Told("date-to-come", "heading", QdPage.Heading(QdPage.At(key)))
    sentence = QdFindings.Fill(sentence, "date", QdValues.DayText(day))
    Report "date-to-come", row, QdPage.At(key), QdFindings.Fill(sentence, "as_of", QdValues.DayText(today))
End Sub

' One row of the issues: closed with a date, put right in time.
Public Sub Issue(ByVal row As Long, ByVal today As Double)
    Dim status As String, deadline As Double, sentence As String
    status = QdPage.Value(row, QdPage.At("status"))
    deadline = QdPage.DayIn(row, QdPage.At("deadline"))
    If status = QdForm.Text("closed") And QdPage.Raw(row, QdPage.At("closed")) = "" Then
        Report "closed-without-date", row, QdPage.At("closed"), QdFindings.Told("closed-without-date", "status", status)
    End If
    If status = "" Or deadline = 0 Or deadline >= today Then Exit Sub
    If Not QdForm.Has(QdForm.Words("qd_rectification"), status) Then Exit Sub
    If QdForm.Has(QdForm.Text("rectified"), status) Then Exit Sub
    sentence = QdFindings.Told("rectification-overdue", "deadline", QdValues.DayText(deadline))
    Report "rectification-overdue", row, QdPage.At("status"), QdFindings.Fill(sentence, "status", status)
End Sub

Public Sub Report(ByVal code As String, ByVal row As Long, ByVal at As Long, ByVal sentence As String)
    QdFindings.Add code, QdPage.Title(), QdPage.Address(row, at), sentence
End Sub
