Attribute VB_Name = "QdSystem"
Option Explicit

' All that differs between Windows, Mac and others, and the few files that are exchanged with qingdan.
' They are plain ASCII: other letters are written as \uXXXX, so no code page matters.

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

' Starts a program without a window and without waiting for it.
Public Sub Launch(ByVal commandLine As String)
    If OnWindows() Then
        CreateObject("WScript.Shell").Run commandLine, 0, False
    Else
        Shell commandLine, 0
    End If
End Sub

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
        ThisWorkbook.FollowHyperlink "file://" & folder
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
    MkDir Left$(NewJob, Len(NewJob) - 1)
End Function

Public Sub Discard(ByVal job As String)
    On Error Resume Next
    Kill job & "request.json"
    Kill job & "started"
    Kill job & "answer.json"
    RmDir Left$(job, Len(job) - 1)
End Sub

Public Function Exists(ByVal path As String) As Boolean
    On Error GoTo nothing_there
    If Right$(path, 1) = Separator() Then path = Left$(path, Len(path) - 1)
    Exists = (Dir(path, vbDirectory) <> "")
    Exit Function
nothing_there:
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
