Attribute VB_Name = "QdSystem"
Option Explicit

' All that differs between Windows, Mac and others, and the few files that are exchanged with qingdan.
' They are plain ASCII: other letters are written as \uXXXX, so no code page matters.

Public Const ESCAPE_PRESSED As Long = 18

Private Jobs As Long

Public Function OnWindows() As Boolean
    OnWindows = (InStr(1, Application.OperatingSystem, "Windows", vbTextCompare) > 0)
End Function

Public Function OnMac() As Boolean
    OnMac = (InStr(1, Application.OperatingSystem, "Mac", vbTextCompare) > 0)
End Function

Public Function Separator() As String
    Separator = Application.PathSeparator
End Function

' Starts the program for an exchange, without a window and without waiting. Where it is not there or breaks off, the shell
' that started it leaves a sign: the answer will not come. In a shell's own quotes an apostrophe would end them.
Public Sub Launch(ByVal program As String, ByVal job As String)
    Dim command As String
    command = program & " console """ & Bare(job) & """"
    If OnWindows() Then
        CreateObject("WScript.Shell").Run "cmd.exe /d /s /c """ & command & " || echo 1>""" & job & "ended""""", 0, False
    ElseIf InStr(command, "'") > 0 Then
        Shell command, 0
    Else
        Shell "sh -c '" & command & " || echo 1>""" & job & "ended""'", 0
    End If
End Sub

' Whether the program is gone and has left no answer.
Public Function HasEnded(ByVal job As String) As Boolean
    If Exists(job & "ended") Then HasEnded = Not Exists(job & "answer.json")
End Function

' A folder without the separator at its end.
Public Function Bare(ByVal job As String) As String
    Bare = Left$(job, Len(job) - 1)
End Function

' Whether Python can import this; Windows only, where a program can be waited for.
Public Function CanImport(ByVal python As String, ByVal names As String) As Boolean
    On Error GoTo cannot
    CanImport = (CreateObject("WScript.Shell").Run(python & " -c ""import " & names & """", 0, True) = 0)
    Exit Function
cannot:
    CanImport = False
End Function

Public Sub OpenFolder(ByVal folder As String)
    If OnWindows() Then
        CreateObject("WScript.Shell").Run "explorer.exe """ & folder & """", 1, False
    ElseIf OnMac() Then
        Application.ThisWorkbook.FollowHyperlink "file://" & folder
    Else
        Shell "xdg-open """ & folder & """", 0
    End If
End Sub

' A new folder for one exchange, with a separator at its end.
Public Function NewJob() As String
    Dim shelf As String
    shelf = Environ("TEMP")
    If shelf = "" Then shelf = Environ("TMPDIR")
    If shelf = "" Then shelf = "/tmp"
    If Right$(shelf, 1) <> Separator() Then shelf = shelf & Separator()
    Do
        Jobs = Jobs + 1
        NewJob = shelf & "qingdan-" & Format(Now, "yyyymmdd") & "-" & CLng(Timer) & "-" & Jobs & Separator()
    Loop While Exists(NewJob)
    MkDir Bare(NewJob)
End Function

Public Sub Discard(ByVal job As String)
    On Error Resume Next
    Kill job & "request.json"
    Kill job & "started"
    Kill job & "ended"
    Kill job & "answer.json"
    RmDir Bare(job)
End Sub

' Esc, while it is caught, is for whoever waits and not for the question.
Public Function Exists(ByVal path As String) As Boolean
    On Error GoTo nothing_there
    If Right$(path, 1) = Separator() Then path = Left$(path, Len(path) - 1)
    Exists = (Dir(path, vbDirectory) <> "")
    Exit Function
nothing_there:
    If Err.Number = ESCAPE_PRESSED Then Err.Raise ESCAPE_PRESSED
    Exists = False
End Function

' When a file was written last; "" where it is not there.
Public Function Changed(ByVal path As String) As String
    If Exists(path) Then Changed = CStr(FileDateTime(path))
End Function

Public Sub WriteText(ByVal path As String, ByVal content As String)
    Dim channel As Integer
    channel = FreeFile
    Open path For Output As #channel
    Print #channel, content
    Close #channel
End Sub

Public Function ReadText(ByVal path As String) As String
    Dim channel As Integer, piece As String, whole As String
    channel = FreeFile
    Open path For Input As #channel
    Do Until EOF(channel)
        Line Input #channel, piece
        whole = whole & piece & vbLf
    Loop
    Close #channel
    ReadText = whole
End Function

' While waiting, Esc ends the waiting instead of the macro. Where that cannot be set it stays as it is.
Public Sub CatchEscape(ByVal caught As Boolean)
    On Error Resume Next
    Application.EnableCancelKey = IIf(caught, 2, 1)
End Sub
