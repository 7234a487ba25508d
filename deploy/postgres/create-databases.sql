CREATE DATABASE temporal_visibility OWNER temporal;
