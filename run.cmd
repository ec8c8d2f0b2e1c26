@echo off
rem Starts Punctual: builds what is stale, then everything it needs. "run.cmd help" says more.
setlocal enabledelayedexpansion
cd /d "%~dp0"
set "FOUND="
call :try "%JAVA_HOME%"
for /f "delims=" %%j in ('where java 2^>nul') do call :try "%%~dpj.."
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do call :try "%%~d"
if not defined FOUND (
  echo Punctual needs a JDK 25, and none was found ^(in JAVA_HOME, on the PATH or in the usual folders^). 1>&2
  echo Install one, for example from https://adoptium.net/temurin/releases/?version=25, and run this again; 1>&2
  echo or say where it is: set JAVA_HOME=C:\path\to\jdk-25 1>&2
  exit /b 1
)
set "JAVA_HOME=%FOUND%"
"%JAVA_HOME%\bin\java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC local\launcher\src\main\java\io\punctual\local\launcher\Build.java %*
if errorlevel 1 exit /b %errorlevel%
"%JAVA_HOME%\bin\java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx96m -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -cp "local\launcher\target\launcher-1.0.0-SNAPSHOT.jar;local\launcher\target\lib\*" io.punctual.local.launcher.Launcher %*
exit /b %errorlevel%

:try
if defined FOUND exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\release" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
findstr /b /c:"JAVA_VERSION=\"25" "%~1\release" >nul 2>nul && set "FOUND=%~f1"
exit /b 0
