Attribute VB_Name = "QdVerbs"
Option Explicit

' What each verb is called, takes and tells: a table on a hidden sheet, one row a verb.

Private Const CAPTION_COLUMN As Long = 1
Private Const ARGUMENTS_COLUMN As Long = 2
Private Const QUESTION_COLUMN As Long = 3
Private Const SENTENCE_COLUMN As Long = 4
Private Const NEEDS_COLUMN As Long = 5
Private Const REFRESHES_COLUMN As Long = 6
Private Const WHERE_COLUMN As Long = 7

Public Function Caption(ByVal verb As String) As String
    Caption = QdTexts.Found("Qd_Verbs", verb, CAPTION_COLUMN)
End Function

Public Function Question(ByVal verb As String) As String
    Question = WithSettings(QdTexts.Found("Qd_Verbs", verb, QUESTION_COLUMN))
End Function

' Whether the figures of the overview change by this verb.
Public Function Refreshes(ByVal verb As String) As Boolean
    Refreshes = (QdTexts.Found("Qd_Verbs", verb, REFRESHES_COLUMN) <> "")
End Function

' Where everything is that a run may have to say.
Public Function WhereAll(ByVal verb As String) As String
    WhereAll = QdTexts.Found("Qd_Verbs", verb, WHERE_COLUMN)
End Function

' What has to be filled in first, in words; "" where nothing is lacking.
Public Function Lacking(ByVal verb As String) As String
    Dim needs() As String, i As Long
    If QdTexts.Found("Qd_Verbs", verb, NEEDS_COLUMN) = "" Then Exit Function
    needs = Split(QdTexts.Found("Qd_Verbs", verb, NEEDS_COLUMN), " ")
    For i = LBound(needs) To UBound(needs)
        If QdSettings.Setting(needs(i)) = "" Then
            Lacking = QdTexts.Text("no-" & LCase$(needs(i)))
            Exit Function
        End If
    Next i
End Function

' The arguments of a run. Each line of the table is one group of words parted by |; a group with an empty {Setting} is
' left out, one that ends with ?Setting stands only where that setting is yes, one with * stands once for each document.
Public Function Arguments(ByVal verb As String) As Variant
    Dim groups() As String, words() As String, flat As String, i As Long
    groups = Split(QdTexts.Found("Qd_Verbs", verb, ARGUMENTS_COLUMN), vbLf)
    For i = LBound(groups) To UBound(groups)
        words = Split(groups(i), "?")
        If groups(i) = "*" Then
            flat = flat & vbLf & Join(QdSettings.Documents(), vbLf)
        ElseIf UBound(words) = 1 Then
            If QdSettings.IsYes(words(1)) Then flat = flat & vbLf & words(0)
        ElseIf Not HoldsEmpty(groups(i)) Then
            flat = flat & vbLf & Replace(WithSettings(groups(i)), "|", vbLf)
        End If
    Next i
    Arguments = Split(Mid$(flat, 2), vbLf)
End Function

' What a run has brought, in one sentence.
Public Function Sentence(ByVal verb As String) As String
    Sentence = WithReply(QdTexts.Found("Qd_Verbs", verb, SENTENCE_COLUMN))
End Function

Private Function HoldsEmpty(ByVal template As String) As Boolean
    Dim name As String
    name = NameIn(template)
    If name <> "" Then HoldsEmpty = (QdSettings.Setting(name) = "")
End Function

' What is filled in is not looked at again: a folder may have braces in its name.
Private Function WithSettings(ByVal template As String) As String
    Dim name As String, rest As String, first As Long
    rest = template
    name = NameIn(rest)
    Do While name <> ""
        first = InStr(rest, "{")
        WithSettings = WithSettings & Left$(rest, first - 1) & QdSettings.Setting(name)
        rest = Mid$(rest, first + Len(name) + 2)
        name = NameIn(rest)
    Loop
    WithSettings = WithSettings & rest
End Function

Private Function WithReply(ByVal template As String) As String
    Dim name As String, shown As String
    WithReply = template
    name = NameIn(WithReply)
    Do While name <> ""
        shown = QdReply.Value(name)
        If shown = "" Then shown = QdTexts.Text("none")
        WithReply = Replace(WithReply, "{" & name & "}", Replace(Replace(shown, "{", "("), "}", ")"))
        name = NameIn(WithReply)
    Loop
End Function

' The first name between braces; "" where there is none.
Private Function NameIn(ByVal template As String) As String
    Dim first As Long, last As Long
    first = InStr(template, "{")
    If first = 0 Then Exit Function
    last = InStr(first, template, "}")
    If last > first Then NameIn = Mid$(template, first + 1, last - first - 1)
End Function
