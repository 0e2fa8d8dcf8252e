Attribute VB_Name = "QdValues"
Option Explicit

' Cells as people type them, read as `qingdan check` reads them: days, counts, shares, points, ticks, words.
' The texts of what is wrong stand in the hidden table, as all texts do.

Private Const YEAR_SIGN As Long = &H5E74
Private Const MONTH_SIGN As Long = &H6708
Private Const DAY_SIGN As Long = &H65E5
Private Const NUMBER_SIGN As Long = &H53F7
Private Const LONG_DASH As Long = &H2014
Private Const FIRST_SERIAL As Long = 36526
Private Const LAST_SERIAL As Long = 73050
Private Const LAST_DAY As Double = 2958465
Private Const LARGEST_COUNT As Double = 10000000

Private Blanks As String

' Gathers the characters that are blank: a search in one text is quicker than a comparison each.
Public Sub Prepare()
    Dim code As Variant
    Blanks = " " & ChrW(160)
    For Each code In Array(9, 10, 11, 12, 13, 28, 29, 30, 31, 133, 5760, 8232, 8233, 8239, 8287, 12288)
        Blanks = Blanks & ChrW(code)
    Next code
    For code = 8192 To 8202
        Blanks = Blanks & ChrW(code)
    Next code
End Sub

' What is wrong with a cell of this kind, "" where it can be read. raw is what stands in it, word its text without what
' nobody sees ("" where it has no value), day and number what is meant by it.
Public Function Fault(ByVal kind As String, ByVal content As Variant, ByRef raw As String, ByRef word As String, ByRef day As Double, ByRef number As Double) As String
    word = ""
    day = 0
    number = 0
    If VarType(content) = vbDate Then content = WithoutLook(content)
    If VarType(content) = vbString Then raw = Stripped(content) Else raw = PlainText(content)
    If raw = "" Then Exit Function
    Select Case kind
        Case "fixed": word = raw
        Case "date": Fault = DayFault(content, HalfWidth(raw), day)
        Case "count", "percent", "points": Fault = NumberFault(kind, content, HalfWidth(raw), number)
        Case "tick": If Not QdForm.Has(QdForm.Text("ticks"), UCase$(HalfWidth(raw))) Then Fault = QdForm.Text("tick")
        Case Else
            word = SeenText(raw)
            Exit Function
    End Select
    If Fault = "" Then word = raw
End Function

' A day; as a number where it is too large for one: 20260305 in a cell that has the look of days.
Private Function WithoutLook(ByVal content As Variant) As Variant
    If CDbl(content) > LAST_DAY Then WithoutLook = CDbl(content) Else WithoutLook = content
End Function

Public Function PlainText(ByVal content As Variant) As String
    Select Case VarType(content)
        Case vbEmpty, vbNull
        Case vbString: PlainText = content
        Case vbBoolean: PlainText = ChrW(IIf(content, &H662F, &H5426))
        Case vbDate: PlainText = Format$(content, "yyyy-mm-dd")
        Case vbError: PlainText = "#"
        Case Else: PlainText = NumberText(CDbl(content))
    End Select
End Function

Public Function DayText(ByVal serial As Double) As String
    DayText = Year(serial) & "-" & Right$("0" & Month(serial), 2) & "-" & Right$("0" & Day(serial), 2)
End Function

Public Function NumberText(ByVal number As Double) As String
    If number = Int(number) And Abs(number) < 1E+15 Then
        NumberText = Format$(number, "0")
    Else
        NumberText = Trim$(Str$(number))
        If Left$(NumberText, 1) = "." Then NumberText = "0" & NumberText
        If Left$(NumberText, 2) = "-." Then NumberText = "-0" & Mid$(NumberText, 2)
    End If
End Function

Private Function DayFault(ByVal content As Variant, ByVal plain As String, ByRef day As Double) As String
    Dim parts(1 To 3) As Long
    If VarType(content) = vbDate Then
        day = Int(CDbl(content))
        If Year(day) < 2000 Or Year(day) > 2099 Then DayFault = QdForm.Text("other_century")
    ElseIf IsDayParts(plain, parts) Then
        If parts(1) < 2000 Or parts(1) > 2099 Then
            DayFault = QdForm.Text("other_century")
        ElseIf parts(2) < 1 Or parts(2) > 12 Or parts(3) < 1 Or parts(3) > 31 Then
            DayFault = QdForm.Text("no_such_day")
        Else
            day = CDbl(DateSerial(parts(1), parts(2), parts(3)))
            If Month(day) <> parts(2) Then DayFault = QdForm.Text("no_such_day")
        End If
    ElseIf Len(plain) = 5 And AreDigits(plain) Then
        day = CDbl(plain)
        If day < FIRST_SERIAL Or day > LAST_SERIAL Then DayFault = QdForm.Text("date")
    Else
        DayFault = QdForm.Text("date")
    End If
    If DayFault <> "" Then day = 0
End Function

' Year, month and day of a text like 2026-3-1, 20260301 or one with the signs of a date; without a year that of the form.
Private Function IsDayParts(ByVal plain As String, ByRef parts() As Long) As Boolean
    Dim place As Long, first As String
    If Len(plain) = 8 And AreDigits(plain) Then
        parts(1) = CLng(Left$(plain, 4))
        parts(2) = CLng(Mid$(plain, 5, 2))
        parts(3) = CLng(Right$(plain, 2))
        IsDayParts = True
        Exit Function
    End If
    place = 1
    first = Digits(plain, place, 4)
    SkipBlanks plain, place
    If Len(first) = 4 And IsParting(plain, place, YEAR_SIGN) Then
        parts(1) = CLng(first)
        IsDayParts = IsMonthAndDay(plain, place, parts)
    ElseIf (Len(first) = 1 Or Len(first) = 2) And CodeAt(plain, place) = MONTH_SIGN Then
        parts(1) = CLng(QdForm.Text("year"))
        parts(2) = CLng(first)
        place = place + 1
        SkipBlanks plain, place
        first = Digits(plain, place, 2)
        SkipBlanks plain, place
        If first = "" Or place <> Len(plain) Then Exit Function
        parts(3) = CLng(first)
        IsDayParts = (CodeAt(plain, place) = DAY_SIGN Or CodeAt(plain, place) = NUMBER_SIGN)
    End If
End Function

Private Function IsMonthAndDay(ByVal plain As String, ByVal place As Long, ByRef parts() As Long) As Boolean
    Dim found As String, behind As Long
    place = place + 1
    SkipBlanks plain, place
    found = Digits(plain, place, 2)
    SkipBlanks plain, place
    If found = "" Or Not IsParting(plain, place, MONTH_SIGN) Then Exit Function
    parts(2) = CLng(found)
    place = place + 1
    SkipBlanks plain, place
    found = Digits(plain, place, 2)
    If found = "" Then Exit Function
    parts(3) = CLng(found)
    behind = place
    SkipBlanks plain, place
    If CodeAt(plain, place) = DAY_SIGN Then
        place = place + 1
    ElseIf place > behind And Mid$(plain, place, 1) <> "T" Then
        place = place - 1
    End If
    IsMonthAndDay = IsTimeOrNothing(Mid$(plain, place))
End Function

Private Function IsTimeOrNothing(ByVal rest As String) As Boolean
    Dim place As Long, hours As String
    IsTimeOrNothing = (rest = "")
    If rest = "" Or (Left$(rest, 1) <> " " And Left$(rest, 1) <> "T") Then Exit Function
    place = 2
    hours = Digits(rest, place, 2)
    If hours = "" Then Exit Function
    rest = Mid$(rest, place)
    If Len(rest) <> 3 And Len(rest) <> 6 Then Exit Function
    If Left$(rest, 1) <> ":" Or Not AreDigits(Mid$(rest, 2, 2)) Then Exit Function
    IsTimeOrNothing = True
    If Len(rest) = 6 Then IsTimeOrNothing = (Mid$(rest, 4, 1) = ":" And AreDigits(Mid$(rest, 5, 2)))
End Function

Private Function IsParting(ByVal plain As String, ByVal place As Long, ByVal sign As Long) As Boolean
    Select Case CodeAt(plain, place)
        Case sign, 45, 46, 47, LONG_DASH: IsParting = True
    End Select
End Function

Private Function NumberFault(ByVal kind As String, ByVal content As Variant, ByVal plain As String, ByRef number As Double) As String
    Dim unit As String, isTyped As Boolean
    NumberFault = QdForm.Text(kind)
    isTyped = (VarType(content) = vbString)
    If isTyped Or VarType(content) = vbBoolean Or VarType(content) = vbDate Then
        If Not IsNumber(plain, number, unit) Then Exit Function
    Else
        number = Val(Trim$(Str$(CDbl(content))))
        If Abs(number) >= 1E+15 Or (number <> 0 And Abs(number) < 0.0001) Then Exit Function
    End If
    If unit <> "" And Not QdForm.Has(QdForm.Text("units_" & kind), unit) Then Exit Function
    If kind = "count" Then
        If number <> Int(number) Then Exit Function
        If number < 0 Or number > LARGEST_COUNT Then
            NumberFault = QdForm.Text("count_range")
            Exit Function
        End If
    ElseIf kind = "percent" Then
        If unit <> "%" And number > 0 And number <= 1 Then
            If isTyped Then
                NumberFault = QdForm.Text("unclear_share")
                Exit Function
            End If
            number = number * 100
        End If
        If number < 0 Or number > 100 Then Exit Function
    End If
    NumberFault = ""
End Function

' A number with or without parted thousands and a unit behind it.
Private Function IsNumber(ByVal plain As String, ByRef number As Double, ByRef unit As String) As Boolean
    Dim place As Long, whole As String, fraction As String, sign As Long
    sign = 1
    place = 1
    If Left$(plain, 1) = "-" Then sign = -1
    If Left$(plain, 1) = "-" Or Left$(plain, 1) = "+" Then place = 2
    whole = Digits(plain, place, 16)
    If whole = "" Or Len(whole) > 15 Then Exit Function
    If Mid$(plain, place, 1) = "," Then
        If Len(whole) > 3 Then Exit Function
        Do While Mid$(plain, place, 1) = ","
            If Not AreDigits(Mid$(plain, place + 1, 3)) Or Len(Mid$(plain, place + 1, 3)) < 3 Then Exit Function
            whole = whole & Mid$(plain, place + 1, 3)
            place = place + 4
        Loop
    End If
    If Mid$(plain, place, 1) = "." Then
        place = place + 1
        fraction = Digits(plain, place, 16)
        If fraction = "" Or Len(fraction) > 15 Then Exit Function
    End If
    SkipBlanks plain, place
    unit = Mid$(plain, place)
    If unit <> "" And Not QdForm.Has(QdForm.Text("units"), unit) Then Exit Function
    number = sign * Val(whole & "." & fraction & "0")
    IsNumber = True
End Function

Private Function Digits(ByVal plain As String, ByRef place As Long, ByVal most As Long) As String
    Do While Len(Digits) < most
        If Not AreDigits(Mid$(plain, place, 1)) Then Exit Function
        Digits = Digits & Mid$(plain, place, 1)
        place = place + 1
    Loop
End Function

Private Function AreDigits(ByVal plain As String) As Boolean
    Dim i As Long
    AreDigits = (plain <> "")
    For i = 1 To Len(plain)
        If Mid$(plain, i, 1) < "0" Or Mid$(plain, i, 1) > "9" Or CodeAt(plain, i) > 57 Then AreDigits = False
    Next i
End Function

Private Sub SkipBlanks(ByVal plain As String, ByRef place As Long)
    Do While place <= Len(plain)
        If Not IsBlank(CodeAt(plain, place)) Then Exit Sub
        place = place + 1
    Loop
End Sub

Private Function CodeAt(ByVal plain As String, ByVal place As Long) As Long
    If place <= Len(plain) Then CodeAt = AscW(Mid$(plain, place, 1)) And &HFFFF&
End Function

Private Function IsBlank(ByVal code As Long) As Boolean
    If code > 0 Then IsBlank = (InStr(1, Blanks, ChrW(code), vbBinaryCompare) > 0)
End Function

Public Function Stripped(ByVal content As String) As String
    Dim first As Long, last As Long
    Stripped = content
    If content = "" Then Exit Function
    If InStr(1, Blanks, Left$(content, 1), vbBinaryCompare) + InStr(1, Blanks, Right$(content, 1), vbBinaryCompare) = 0 Then Exit Function
    first = 1
    last = Len(content)
    Do While first <= last
        If Not IsBlank(CodeAt(content, first)) Then Exit Do
        first = first + 1
    Loop
    Do While last >= first
        If Not IsBlank(CodeAt(content, last)) Then Exit Do
        last = last - 1
    Loop
    Stripped = Mid$(content, first, last - first + 1)
End Function

Public Function HalfWidth(ByVal content As String) As String
    Dim i As Long, code As Long, plain As String
    plain = content
    For i = 1 To Len(content)
        code = AscW(Mid$(content, i, 1)) And &HFFFF&
        If code >= &HFF01& And code <= &HFF5E& Then Mid$(plain, i, 1) = ChrW(code - &HFEE0&)
        If code = 12288 Then Mid$(plain, i, 1) = " "
    Next i
    HalfWidth = plain
End Function

' A heading as it is compared: half-width, without blanks.
Public Function HeadingText(ByVal content As String) As String
    Dim i As Long, plain As String
    plain = HalfWidth(content)
    For i = 1 To Len(plain)
        If Not IsBlank(CodeAt(plain, i)) Then HeadingText = HeadingText & Mid$(plain, i, 1)
    Next i
End Function

' A text without the characters that nobody sees.
Public Function SeenText(ByVal content As String) As String
    Dim i As Long, code As Long
    SeenText = content
    For i = Len(content) To 1 Step -1
        code = AscW(Mid$(content, i, 1)) And &HFFFF&
        If code < 32 Or (code > 126 And (code < &H4E00& Or code > &H9FFF&)) Then
            If QdForm.IsUnseen(code) Then SeenText = Left$(SeenText, i - 1) & Mid$(SeenText, i + 1)
        End If
    Next i
End Function

' Names typed into one cell, however they are set apart, parted by line ends.
Public Function Names(ByVal content As String) As String
    Dim parts() As String, i As Long, sign As Variant
    For Each sign In Array(&H3001&, &HFF0C&, 44, &HFF1B&, 59, 47)
        content = Replace(content, ChrW(sign), vbLf)
    Next sign
    parts = Split(content, vbLf)
    For i = LBound(parts) To UBound(parts)
        If Stripped(parts(i)) <> "" Then Names = Names & IIf(Names = "", "", vbLf) & Stripped(parts(i))
    Next i
End Function
