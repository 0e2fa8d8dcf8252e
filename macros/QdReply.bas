Attribute VB_Name = "QdReply"
Option Explicit

' The exchange in JSON: a request with its arguments, and an answer that is one flat object of texts and numbers.

Private Names() As String
Private Values() As String
Private Count As Long
Private Place As Long
Private Source As String

Public Sub Forget()
    Count = 0
    ReDim Names(0 To 63)
    ReDim Values(0 To 63)
End Sub

' How the program ended: 0 done, 1 problems were found, 2 nothing done; 2 too where there is no answer.
Public Function ExitCode() As Long
    ExitCode = 2
    If Has("exit") Then ExitCode = CLng(Value("exit"))
End Function

Public Function Has(ByVal name As String) As Boolean
    Has = (Position(name) >= 0)
End Function

' The value of that name as text; "" where the answer holds none.
Public Function Value(ByVal name As String) As String
    If Has(name) Then Value = Values(Position(name))
End Function

Private Function Position(ByVal name As String) As Long
    Dim i As Long
    Position = -1
    For i = 0 To Count - 1
        If Names(i) = name Then
            Position = i
            Exit Function
        End If
    Next i
End Function

' Reads {"name": "text", "name": 12, ...}; nested values there are none.
Public Sub Take(ByVal written As String)
    Forget
    Source = written
    Place = InStr(Source, "{") + 1
    Do While NextSign() = """"
        If Count > UBound(Names) Then
            ReDim Preserve Names(0 To 2 * Count)
            ReDim Preserve Values(0 To 2 * Count)
        End If
        Names(Count) = ReadString()
        If NextSign() = ":" Then Place = Place + 1
        If NextSign() = """" Then
            Values(Count) = ReadString()
        Else
            Values(Count) = ReadWord()
        End If
        Count = Count + 1
        If NextSign() = "," Then Place = Place + 1
    Loop
End Sub

' The next character that is no blank; it is not passed.
Private Function NextSign() As String
    Do While Place <= Len(Source)
        NextSign = Mid$(Source, Place, 1)
        If InStr(" " & vbTab & vbCr & vbLf, NextSign) = 0 Then Exit Function
        Place = Place + 1
    Loop
    NextSign = ""
End Function

' A text between quotes, Place standing on the first of them.
Private Function ReadString() As String
    Dim quote As Long, slash As Long, result As String
    Place = Place + 1
    Do
        quote = InStr(Place, Source, """")
        slash = InStr(Place, Source, "\")
        If slash = 0 Or slash > quote Then Exit Do
        result = result & Mid$(Source, Place, slash - Place) & Escaped(Mid$(Source, slash + 1, 5))
        Place = slash + IIf(Mid$(Source, slash + 1, 1) = "u", 6, 2)
    Loop
    ReadString = result & Mid$(Source, Place, quote - Place)
    Place = quote + 1
End Function

' The character that a backslash stands for, from what follows it.
Private Function Escaped(ByVal following As String) As String
    Select Case Left$(following, 1)
        Case "u": Escaped = ChrW(CLng("&H" & Mid$(following, 2, 4)))
        Case "n": Escaped = vbLf
        Case "r": Escaped = vbCr
        Case "t": Escaped = vbTab
        Case "b", "f": Escaped = " "
        Case Else: Escaped = Left$(following, 1)
    End Select
End Function

' A number, true or false as it stands; null is no text.
Private Function ReadWord() As String
    Dim start As Long
    start = Place
    Do While Place <= Len(Source) And InStr(",}" & vbCr & vbLf, Mid$(Source, Place, 1)) = 0
        Place = Place + 1
    Loop
    ReadWord = Trim$(Mid$(Source, start, Place - start))
    If ReadWord = "null" Then ReadWord = ""
End Function

' {"arguments": [...]} in ASCII.
Public Function AsRequest(ByVal arguments As Variant) As String
    Dim i As Long, joined As String
    For i = LBound(arguments) To UBound(arguments)
        If i > LBound(arguments) Then joined = joined & ", "
        joined = joined & Quoted(arguments(i))
    Next i
    AsRequest = "{""arguments"": [" & joined & "]}"
End Function

Public Function Quoted(ByVal plain As String) As String
    Dim i As Long, code As Long, result As String
    For i = 1 To Len(plain)
        code = AscW(Mid$(plain, i, 1))
        If code < 0 Then code = code + 65536
        If code < 32 Or code > 126 Or code = 34 Or code = 92 Then
            result = result & "\u" & Right$("000" & Hex$(code), 4)
        Else
            result = result & ChrW(code)
        End If
    Next i
    Quoted = """" & result & """"
End Function

' The inside of a text of Python between single quotes, in ASCII: with neither quotes nor backslashes of its own.
Public Function InPython(ByVal plain As String) As String
    Dim inside As String
    inside = Quoted(plain)
    InPython = Replace(Mid$(inside, 2, Len(inside) - 2), "'", "\u0027")
End Function
